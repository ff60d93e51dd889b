using System.Diagnostics;
using DataGen.Tests.Support;
using Grpc.Net.Client;

namespace DataGen.Tests.Runner;

/// <summary>The Runner as a process of its own, started from its build output.</summary>
internal sealed class RunnerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly GrpcChannel channel;

    private RunnerProcess(Process process, string address)
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
        params (string Name, string Value)[] settings
    )
    {
        var (http, grpc) = ($"http://127.0.0.1:{FreePort.Find()}", $"http://127.0.0.1:{FreePort.Find()}");
        var start = new ProcessStartInfo("dotnet");
        start.ArgumentList.Add(
            Path.GetFullPath(
                Path.Combine(
                    AppContext.BaseDirectory,
                    "..",
                    "..",
                    "..",
                    "..",
                    "DataGen.Runner",
                    "bin",
                    new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
                    "net10.0",
                    "DataGen.Runner.dll"
                )
            )
        );
        (string, string)[] own =
        [
            ("Kestrel__Endpoints__http__Url", http),
            ("Kestrel__Endpoints__http__Protocols", "Http1"),
            ("Kestrel__Endpoints__grpc__Url", grpc),
            ("Kestrel__Endpoints__grpc__Protocols", "Http2"),
            ("DATAGEN_SESSION_SECRET", RunnerHost.SessionSecret),
            ("DATAGEN_INFERENCE_BASE_URL", inferenceUrl),
            ("Logging__LogLevel__Default", "Error"),
        ];
        foreach (var (name, value) in own.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var runner = new RunnerProcess(Process.Start(start)!, grpc);
        using var client = new HttpClient();
        await Eventually.TrueAsync(
            () => IsHealthyAsync(client, new Uri($"{http}/health")),
            "the Runner is healthy",
            seconds: 60
        );
        return runner;
    }

    /// <summary>SIGTERM; ends when the process has ended.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken)
    {
        IsTerminating = true;
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
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
