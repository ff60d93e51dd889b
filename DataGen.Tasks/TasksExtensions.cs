using DataGen.Contracts;
using DataGen.Ratio1;
using DataGen.Ratio1.R1fs;
using DataGen.Tasks.Api;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Previews;
using DataGen.Tasks.Records;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;
using DataGen.Tasks.Tasks;

namespace DataGen.Tasks;

/// <summary>The capabilities of Tasks, one registration each.</summary>
internal static class TasksExtensions
{
    // The idle time after which HTTP/2 keep-alive pings are sent, which find a Runner or a caller that is gone.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(5);

    /// <summary>CStore, R1FS where it is configured, and the stores on top of them.</summary>
    public static IHostApplicationBuilder AddTaskStorage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddCStore(builder.Configuration);
        builder.Services.AddR1fs(builder.Configuration);
        builder.Services.AddSingleton(services => new SegmentFiles(services.GetService<IR1fs>()));
        builder.Services.AddSingleton<SegmentCache>();
        builder.Services.AddSingleton<SegmentSpans>();
        builder.Services.AddSingleton<JsonStore>();
        builder.Services.AddSingleton<TaskStore>();
        builder.Services.AddSingleton<NewestSegments>();
        builder.Services.AddSingleton<RecordReader>();
        builder.Services.AddSingleton<IStoredRecords>(services => services.GetRequiredService<RecordReader>());
        builder.Services.AddSingleton<RecordFeed>();
        return builder;
    }

    /// <summary>The client of the Runners and the leases it opens.</summary>
    public static IHostApplicationBuilder AddRunnerLeases(this IHostApplicationBuilder builder)
    {
        builder.AddRunnerClient();
        builder.Services.AddSingleton<RunnerConnections>();
        builder.Services.AddSingleton<RunnerLeases>();
        builder.Services.AddSingleton<Previewer>();
        builder.Services.AddSingleton<Curator>();
        builder.Services.AddSingleton<Drafts>();
        return builder;
    }

    /// <summary>The gRPC service.</summary>
    public static IHostApplicationBuilder AddTasksApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(options => options.Interceptors.Add<FailureInterceptor>());
        builder.Services.AddGrpcHealthChecks();
        builder.Services.AddSingleton<TaskIds>();
        builder.Services.AddSingleton<TaskRequestReader>();
        builder.Services.AddSingleton<TaskWatches>();
        builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            // A download may pause for as long as its reader likes; the pings find dead peers.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.KeepAlivePingDelay = PingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = PingDelay;
        });
        return builder;
    }

    /// <summary>Maps the gRPC service and its health service.</summary>
    public static WebApplication MapTasksApi(this WebApplication app)
    {
        app.MapGrpcService<TasksService>();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        return app;
    }
}
