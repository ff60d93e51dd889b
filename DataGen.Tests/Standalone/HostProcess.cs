using DataGen.Tests.Support;

namespace DataGen.Tests.Standalone;

/// <summary>The standalone host as a user starts it: a process of its own, on a free port, with a data folder of its
/// own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly DotnetProcess process;

    private HostProcess(DotnetProcess process, Uri origin) => (this.process, Origin) = (process, origin);

    public Uri Origin { get; }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has printed.</summary>
    public string Output => process.Output;

    /// <summary>Starts it without waiting for it to be up.</summary>
    public static HostProcess Launch(string dataFolder, params (string Name, string? Value)[] settings)
    {
        var port = FreePort.Find();
        return new HostProcess(
            DotnetProcess.Start(
                "DataGen.Standalone",
                Environment.CurrentDirectory,
                [
                    ("DATAGEN_APP_HOST", "127.0.0.1"),
                    ("DATAGEN_APP_PORT", $"{port}"),
                    ("DATAGEN_DATA_DIR", dataFolder),
                    .. settings,
                ]
            ),
            new Uri($"http://127.0.0.1:{port}")
        );
    }

    /// <summary>Starts it and waits for its banner.</summary>
    public static async Task<HostProcess> StartAsync(
        string dataFolder,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] settings
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var host = Launch(dataFolder, settings);
        await host.process.PrintedAsync(output => output.Contains("Ctrl-C stops it", StringComparison.Ordinal));
        Assert.False(host.HasExited, host.Output);
        return host;
    }

    /// <summary>The password it printed.</summary>
    public string NewPassword() =>
        Output
            .Split('\n')
            .Single(line => line.Contains("password:", StringComparison.Ordinal))
            .Split(':')[1]
            .Trim()
            .Split(' ')[0];

    /// <summary>Waits until it has ended by itself and all it printed has been read.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => process.ExitAsync(cancellationToken);

    /// <summary>kill -9.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Ctrl-C; it must end within five seconds.</summary>
    public Task InterruptAsync(CancellationToken cancellationToken) =>
        process.SignalAsync("INT", mostSeconds: 5, cancellationToken);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
