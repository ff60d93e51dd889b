namespace DataGen.Runner.Grpc;

/// <summary>Registers and maps the Runner's gRPC services.</summary>
internal static class RunnerGrpcExtensions
{
    /// <summary>A request may list the gaps of a task of a million records.</summary>
    private const int MaxRequestBytes = 32 * 1024 * 1024;

    /// <summary>The role that only DataGen's own services have.</summary>
    private const string ServiceRole = "service";

    /// <summary>Adds gRPC with its health service, and the limits that fit a server whose streams are leases.</summary>
    public static WebApplicationBuilder AddRunnerGrpc(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxRequestBytes);
        builder.Services.AddGrpcHealthChecks();
        builder.Services.AddSingleton<RunnerInstance>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            var limits = kestrel.Limits;
            // A peer that vanished without closing its connection has to lose its lease.
            limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
            limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            limits.Http2.MaxStreamsPerConnection = 1000;
            // A reader that stops reading is back-pressure, not an attack: Kestrel would break the connection.
            limits.MinResponseDataRate = null;
        });
        return builder;
    }

    /// <summary>Maps the services: records for services only, health for any caller.</summary>
    public static WebApplication MapRunner(this WebApplication app)
    {
        app.MapGrpcService<RunnerService>().RequireAuthorization(policy => policy.RequireRole(ServiceRole));
        app.MapGrpcHealthChecksService().AllowAnonymous();
        return app;
    }
}
