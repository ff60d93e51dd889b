using System.Diagnostics;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Mock;

/// <summary>The mock as a process of its own, started from its build output.</summary>
internal sealed partial class MockProcess : IAsyncDisposable
{
    private readonly Process _process;

    private MockProcess(Process process, Uri address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<MockProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var process = Launch(settings);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            // Nobody reads on: the mock says nothing more at its usual level.
            return new MockProcess(process, new Uri(match.Value));
        }

        throw new InvalidOperationException($"The mock ended: {await process.StandardError.ReadToEndAsync(deadline.Token)}");
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunToEndAsync(params (string Name, string Value)[] settings)
    {
        using var process = Launch(settings);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static Process Launch((string Name, string Value)[] settings)
    {
        // .../DataGen.Tests/bin/Debug/net10.0 stands beside .../DataGen.Mock/bin/Debug/net10.0
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = output.Parent!.Parent!.Parent!.Parent!.FullName;
        var assembly = Path.Combine(root, "DataGen.Mock", "bin", output.Parent.Name, output.Name, "DataGen.Mock.dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet", [assembly, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("The mock did not start.");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
