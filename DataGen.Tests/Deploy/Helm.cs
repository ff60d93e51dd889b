using System.Diagnostics;
using DataGen.Tests.Support;

namespace DataGen.Tests.Deploy;

/// <summary>The program helm, as <c>eng/helm.sh</c> finds it, and our chart.</summary>
internal static class Helm
{
    public static string Chart { get; } = Path.Combine(DotnetProcess.Root, "deploy", "helm");

    /// <summary>The least that has to be set.</summary>
    public const string Least = """
        settings: { DATAGEN_INFERENCE_BASE_URL: "http://model", R1EN_CHAINSTORE_API_URL: "http://node" }
        """;

    private static readonly Lazy<Task<string>> Program = new(FindAsync);

    /// <summary>What it prints, and on standard error when it fails.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        await RunAsync(await Program.Value, arguments);

    /// <summary>The manifests for some values, of which each is the text of a values file.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> TemplateAsync(params string[] values)
    {
        using var folder = new TemporaryFolder();
        List<string> arguments = ["template", "datagen", Chart, "--namespace", "datagen"];
        foreach (var (index, text) in values.Index())
        {
            var file = Path.Combine(folder.Path, $"{index}.yaml");
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            arguments.AddRange(["--values", file]);
        }

        return await RunAsync([.. arguments]);
    }

    private static async Task<string> FindAsync()
    {
        var (exitCode, output, error) = await RunAsync("bash", Path.Combine(DotnetProcess.Root, "eng", "helm.sh"));
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
