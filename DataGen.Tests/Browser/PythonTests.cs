using System.Diagnostics;
using System.Text.RegularExpressions;
using DataGen.Tests.Support;

namespace DataGen.Tests.Browser;

/// <summary>What docs/python.md says, run against the product as it stands there.</summary>
public sealed partial class PythonTests(RunningProduct product) : BrowserTest(product)
{
    private static readonly string[] Packages = ["pandas", "duckdb"];

    [Fact]
    public async Task Every_line_of_the_page_on_python_runs()
    {
        var (_, api) = await SignInAsync("snake");
        var page = await File.ReadAllTextAsync(Path.Combine(DotnetProcess.Root, "docs", "python.md"), Cancelled);
        string[] blocks = [.. Block().Matches(page).Select(block => block.Groups[1].Value)];
        Assert.Equal(4, blocks.Length);
        using var folder = new TemporaryFolder();

        // Packages that are not part of Python are tried where they are.
        var program = string.Join(
            '\n',
            blocks.Select(block =>
                Array.Find(Packages, package => block.Contains($"import {package}", StringComparison.Ordinal))
                    is { } package
                    ? $"import importlib.util\nif importlib.util.find_spec('{package}') and ('{package}' != 'pandas' or importlib.util.find_spec('pyarrow')):\n{Indented(block)}"
                    : block
            )
        );
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "page.py"), program, Cancelled);
        using var python = Process.Start(
            new ProcessStartInfo("python3", ["page.py"])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DATAGEN_URL"] = $"{Product.Origin}", ["DATAGEN_TOKEN"] = api.AccessToken },
            }
        )!;
        var errors = python.StandardError.ReadToEndAsync(Cancelled);
        var printed = await python.StandardOutput.ReadToEndAsync(Cancelled);
        await python.WaitForExitAsync(Cancelled);

        Assert.Equal("", await errors);
        Assert.Contains("50 of 50", printed, StringComparison.Ordinal);
        Assert.Matches(@"\n50 \{", printed.Replace('\r', '\n'));
        Assert.Contains("\n10 [", printed.Replace('\r', '\n'), StringComparison.Ordinal);
        Assert.Contains("{'plan': 'free', 'n': 35,", printed, StringComparison.Ordinal);
        Assert.Contains("plan text 50 3", printed, StringComparison.Ordinal);
    }

    private static string Indented(string block) =>
        string.Join('\n', block.Split('\n').Select(line => line.Length == 0 ? line : $"    {line}"));

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
