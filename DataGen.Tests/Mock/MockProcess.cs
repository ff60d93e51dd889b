using System.Text.RegularExpressions;
using DataGen.Tests.Support;

namespace DataGen.Tests.Mock;

/// <summary>The mock as a process of its own, started from its build output.</summary>
internal sealed partial class MockProcess : IAsyncDisposable
{
    private readonly DotnetProcess process;

    private MockProcess(DotnetProcess process, Uri address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Starts it and waits until it says where it listens.</summary>
    public static async Task<MockProcess> StartAsync(params (string Name, string? Value)[] settings)
    {
        var process = Launch(settings);
        await process.PrintedAsync(Listening().IsMatch);
        return Listening().Match(process.Output) is { Success: true } match
            ? new MockProcess(process, new Uri(match.Value))
            : throw new InvalidOperationException($"The mock ended: {process.Output}");
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunToEndAsync(
        params (string Name, string? Value)[] settings
    )
    {
        await using var process = Launch(settings);
        await process.ExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.StandardOutput, process.StandardError);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => process.KillAsync();

    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        return process.DisposeAsync();
    }

    private static DotnetProcess Launch((string Name, string? Value)[] settings) =>
        DotnetProcess.Start("DataGen.Mock", Path.GetTempPath(), settings, "--urls", "http://127.0.0.1:0");

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}
