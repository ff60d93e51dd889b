using System.Text.RegularExpressions;
using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>What <c>deploy/compose.yaml</c> passes on.</summary>
public sealed partial class ComposeTests
{
    // The Gateway listens on all of its container, the replicas share Redis instead of a folder, and each Tasks
    // container has an address that the others reach.
    private static readonly string[] Fixed = ["DATAGEN_APP_HOST", "DATAGEN_DATA_DIR", "DATAGEN_SILO_ADDRESS"];

    [Fact]
    public async Task Every_setting_of_the_README_is_passed_on()
    {
        var compose = (await ReadAsync("compose.yaml")).Split('\n');
        var names = ReadmeSettings.Names().Except(Fixed).ToArray();

        Assert.Contains("DATAGEN_INFERENCE_PORT", names);
        Assert.All(names, name => Assert.Contains(compose, line => PassesOn(line, name)));
    }

    [Fact]
    public async Task Every_setting_of_it_is_in_the_example_beside_it_and_no_other()
    {
        var compose = Setting().Matches(await ReadAsync("compose.yaml")).Select(match => match.Groups[1].Value);
        var example = Line().Matches(await ReadAsync(".env.example")).Select(match => match.Groups[1].Value);
        Assert.Equal(compose.Distinct().Append("COMPOSE_PROFILES").Order(), example.Order());
    }

    private static bool PassesOn(string line, string name) =>
        name switch
        {
            "DATAGEN_APP_PORT" => line.Contains($"${{{name}:-", StringComparison.Ordinal),
            _ => line.TrimStart().StartsWith($"{name}: ${{{name}:", StringComparison.Ordinal),
        };

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(DotnetProcess.Root, "deploy", file), TestContext.Current.CancellationToken);

    // ${DATAGEN_CSTORE:-}
    [GeneratedRegex(@"\$\{([A-Za-z0-9_]+):")]
    private static partial Regex Setting();

    // DATAGEN_CSTORE=redis
    [GeneratedRegex("^([A-Za-z0-9_]+)=", RegexOptions.Multiline)]
    private static partial Regex Line();
}
