using DataGen.Tests.Support;

namespace DataGen.Tests.Standalone;

/// <summary>The standalone host as a user starts it: a process of its own, on a free port, with a data folder of its
/// own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly DotnetProcess process;

    private HostProcess(DotnetProcess process, Uri origin) => (this.process, Origin) = (process, origin);

    public Uri Origin { get; }

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has printed.</summary>
    public string Output => process.Output;

    /// <summary>Starts it without waiting for it to be up.</summary>
    public static HostProcess Launch(string dataFolder, params (string Name, string? Value)[] settings) =>
        Launch(DotnetProcess.AssemblyOf("DataGen.Standalone"), Environment.CurrentDirectory, dataFolder, settings);

    private static HostProcess Launch(
        string assembly,
        string workingDirectory,
        string dataFolder,
        (string Name, string? Value)[] settings
    )
    {
        var port = FreePort.Find();
        return new HostProcess(
            DotnetProcess.StartAssembly(
                assembly,
                workingDirectory,
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
        return await UpAsync(Launch(dataFolder, settings));
    }

    /// <summary>Starts a published one from its own folder and waits for its greeting.</summary>
    public static async Task<HostProcess> StartPublishedAsync(
        string programFolder,
        string dataFolder,
        CancellationToken cancellationToken,
        params (string Name, string? Value)[] settings
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var assembly = Path.Combine(programFolder, "DataGen.Standalone.dll");
        return await UpAsync(Launch(assembly, programFolder, dataFolder, settings));
    }

    private static async Task<HostProcess> UpAsync(HostProcess host)
    {
        // On a loaded machine the banner comes before CStore has answered, and once more afterwards.
        await host.process.PrintedAsync(output =>
            output.Split("password:") is [.., var last]
            && last.Contains("Ctrl-C stops it", StringComparison.Ordinal)
            && !last.Contains("has not answered", StringComparison.Ordinal)
        );
        Assert.False(host.HasExited, host.Output);
        return host;
    }

    /// <summary>The password it printed.</summary>
    public string NewPassword() =>
        Output
            .Split('\n')
            .Last(line => line.Contains("password:", StringComparison.Ordinal))
            .Split(':')[1]
            .Trim()
            .Split(' ')[0];

    /// <summary>Waits until it has ended by itself and all it printed has been read.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => process.ExitAsync(cancellationToken);

    /// <summary>kill -9.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Ctrl-C; returns how long it took to end.</summary>
    public Task<TimeSpan> InterruptAsync(CancellationToken cancellationToken) =>
        process.SignalAsync("INT", cancellationToken);

    /// <summary>SIGTERM, as a container is stopped; it must end within five seconds.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken) =>
        Assert.InRange(await process.SignalAsync("TERM", cancellationToken), TimeSpan.Zero, TimeSpan.FromSeconds(5));

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
