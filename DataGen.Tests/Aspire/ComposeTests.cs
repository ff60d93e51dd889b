using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>What <c>deploy/compose.yaml</c> passes on.</summary>
public sealed class ComposeTests
{
    // The Gateway listens on all of its container, the replicas share Redis instead of a folder, and each Tasks container
    // has an address that the others reach.
    private static readonly string[] Fixed = ["DATAGEN_APP_HOST", "DATAGEN_DATA_DIR", "DATAGEN_SILO_ADDRESS"];

    [Fact]
    public async Task Every_setting_of_the_README_is_passed_on()
    {
        var compose = await File.ReadAllLinesAsync(
            Path.Combine(DotnetProcess.Root, "deploy", "compose.yaml"),
            TestContext.Current.CancellationToken
        );
        var names = ReadmeSettings.Names().Except(Fixed).ToArray();

        Assert.Contains("DATAGEN_INFERENCE_PORT", names);
        Assert.All(names, name => Assert.Contains(compose, line => PassesOn(line, name)));
    }

    private static bool PassesOn(string line, string name) =>
        name switch
        {
            "DATAGEN_APP_PORT" => line.Contains($"${{{name}:-", StringComparison.Ordinal),
            "ConnectionStrings__redis" => line.Trim() == $"{name}: redis:6379",
            _ => line.TrimStart().StartsWith($"{name}: ${{{name}:", StringComparison.Ordinal),
        };
}
