using DataGen.Explorer.Api;
using DataGen.Explorer.Datasets;
using DataGen.Explorer.Telemetry;

namespace DataGen.Explorer;

/// <summary>The capabilities of Explorer, one registration each.</summary>
internal static class ExplorerExtensions
{
    /// <summary>The disposable copies of datasets.</summary>
    public static IHostApplicationBuilder AddDatasets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatasetFolder>();
        builder.Services.AddSingleton<DatasetCache>();
        builder.Services.AddSingleton<ExplorerMetrics>();
        builder.Services.AddHostedService<DatasetSweeper>();
        return builder;
    }

    /// <summary>The gRPC service.</summary>
    public static IHostApplicationBuilder AddExplorerApi(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(options => options.Interceptors.Add<FailureInterceptor>());
        builder.Services.AddGrpcHealthChecks();
        return builder;
    }

    /// <summary>Maps the gRPC service and its health service.</summary>
    public static WebApplication MapExplorerApi(this WebApplication app)
    {
        app.MapGrpcService<ExplorerService>();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        return app;
    }
}
