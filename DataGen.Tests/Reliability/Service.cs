using System.Text;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>One replica of a service: a process on ports of its own, which can be killed and started again on the same
/// ones.</summary>
internal sealed class Service(string project, string name, Uri http, params (string Name, string? Value)[] settings)
    : IAsyncDisposable
{
    private static readonly HttpClient Prober = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly StringBuilder earlier = new();
    private DotnetProcess? process;

    /// <summary>What it is called in this deployment.</summary>
    public string Name { get; } = name;

    /// <summary>Where it answers HTTP/1.1.</summary>
    public Uri Http { get; } = http;

    /// <summary>Where it answers gRPC.</summary>
    public Uri? Grpc { get; init; }

    /// <summary>The checkout whose build it is.</summary>
    public string Root { get; init; } = DotnetProcess.Root;

    /// <summary>The most memory the present process has had, in MiB.</summary>
    public int? PeakMemoryMiB => process?.PeakMemoryMiB;

    /// <summary>Everything its processes have printed.</summary>
    public string Log => $"{earlier}{process?.Output}";

    /// <summary>What the present process has printed.</summary>
    public string PresentLog => process?.Output ?? "";

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Assert.True(process is null, $"{Name} runs already.");
        process = DotnetProcess.StartAssembly(
            DotnetProcess.AssemblyOf(project, Root),
            Path.Combine(Root, project),
            settings
        );
        await Eventually.GetAsync(
            () => IsAliveAsync(cancellationToken),
            alive => alive || process.HasExited,
            $"{Name} does not answer"
        );
        Assert.False(process.HasExited, $"{Name} ended: {process.Output}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (process is { } dying)
        {
            await dying.KillAsync();
            await ForgetAsync("killed");
        }
    }

    /// <summary>SIGTERM; waits for the end, which must be a clean one, and returns how long it took.</summary>
    public async Task<TimeSpan> TerminateAsync(CancellationToken cancellationToken)
    {
        var took = await process!.SignalAsync("TERM", cancellationToken);
        var code = process.ExitCode;
        await ForgetAsync("terminated");
        Assert.True(code == 0, $"{Name} ended with {code} after SIGTERM.");
        return took;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await process!.ExitAsync(cancellationToken);
        await ForgetAsync("ended by itself");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }

    private async Task ForgetAsync(string how)
    {
        earlier.Append(process!.Output).Append("---- ").AppendLine(how);
        await process.DisposeAsync();
        process = null;
    }

    private async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Prober.GetAsync(new Uri(Http, "/alive"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception)
            when (exception is HttpRequestException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return false;
        }
    }
}
