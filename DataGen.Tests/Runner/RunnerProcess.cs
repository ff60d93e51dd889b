using DataGen.Tests.Support;
using Grpc.Net.Client;

namespace DataGen.Tests.Runner;

/// <summary>The Runner as a process of its own, started from its build output.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private readonly DotnetProcess process;
    private readonly GrpcChannel channel;

    private RunnerProcess(DotnetProcess process, string address)
    {
        this.process = process;
        channel = GrpcChannel.ForAddress(address);
        Client = new Contracts.Runner.RunnerClient(channel);
    }

    public Contracts.Runner.RunnerClient Client { get; }

    public bool IsTerminating { get; private set; }

    public int ExitCode => process.ExitCode;

    /// <summary>Starts it and waits until it is healthy.</summary>
    public static async Task<RunnerProcess> StartAsync(
        string inferenceUrl,
        params (string Name, string? Value)[] settings
    )
    {
        var (http, grpc) = ($"http://127.0.0.1:{FreePort.Find()}", $"http://127.0.0.1:{FreePort.Find()}");
        (string, string?)[] own =
        [
            ("Kestrel__Endpoints__http__Url", http),
            ("Kestrel__Endpoints__http__Protocols", "Http1"),
            ("Kestrel__Endpoints__grpc__Url", grpc),
            ("Kestrel__Endpoints__grpc__Protocols", "Http2"),
            ("DATAGEN_SESSION_SECRET", RunnerHost.SessionSecret),
            ("DATAGEN_INFERENCE_BASE_URL", inferenceUrl),
            ("Logging__LogLevel__Default", "Error"),
        ];
        var process = DotnetProcess.Start("DataGen.Runner", Path.GetTempPath(), [.. own, .. settings]);
        var runner = new RunnerProcess(process, grpc);
        using var client = new HttpClient();
        await Eventually.TrueAsync(() => IsHealthyAsync(client, new Uri($"{http}/health")), "the Runner is healthy");
        return runner;
    }

    /// <summary>SIGTERM; ends when the process has ended.</summary>
    public Task TerminateAsync(CancellationToken cancellationToken)
    {
        IsTerminating = true;
        return process.SignalAsync("TERM", cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        channel.Dispose();
        return process.DisposeAsync();
    }

    private static async Task<bool> IsHealthyAsync(HttpClient client, Uri address)
    {
        try
        {
            return (await client.GetAsync(address, TestContext.Current.CancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
