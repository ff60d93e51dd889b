using System.Net;
using DataGen.Contracts;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>A replica of Tasks that counts its calls, on a port that it keeps over restarts.</summary>
internal sealed class FakePeer : IAsyncDisposable
{
    private WebApplication? app;
    private int calls;

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}";

    public int Calls => Volatile.Read(ref calls);

    /// <summary>When set, every unary call ends with it.</summary>
    public StatusCode? Refusal { get; set; }

    public static async Task<FakePeer> StartAsync()
    {
        var peer = new FakePeer();
        await peer.StartAgainAsync();
        return peer;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, Port, listen => listen.Protocols = HttpProtocols.Http2)
        );
        app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Port = new Uri(app.Urls.Single()).Port;
    }

    /// <summary>Ends it at once, breaking its connections.</summary>
    public async Task KillAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app!.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }

    /// <summary>Tells it to stop, which lasts until its streams have ended; new connections it takes no more.</summary>
    public Task BeginStopAsync() => app!.StopAsync(TestContext.Current.CancellationToken);

    public void ResetCalls() => Volatile.Write(ref calls, 0);

    public async ValueTask DisposeAsync() => await KillAsync();

    private sealed class Service(FakePeer peer) : Contracts.Tasks.TasksBase
    {
        public override Task<TaskDetail> Get(TaskReference request, ServerCallContext context) => Answer();

        public override Task<TaskDetail> Create(CreateTaskRequest request, ServerCallContext context) => Answer();

        public override async Task Watch(
            TaskReference request,
            IServerStreamWriter<TaskProgress> responseStream,
            ServerCallContext context
        )
        {
            await responseStream.WriteAsync(new TaskProgress(), context.CancellationToken);
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        private Task<TaskDetail> Answer()
        {
            Interlocked.Increment(ref peer.calls);
            return peer.Refusal is { } refusal
                ? throw new RpcException(new Status(refusal, "refused"))
                : Task.FromResult(new TaskDetail());
        }
    }
}
