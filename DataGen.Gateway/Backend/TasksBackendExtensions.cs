using DataGen.ServiceDefaults.Identity;
using TasksClient = DataGen.Tasks.V1.Tasks.TasksClient;

namespace DataGen.Gateway.Backend;

/// <summary>Registers the way to Tasks.</summary>
internal static class TasksBackendExtensions
{
    /// <summary>The endpoint named <c>grpc</c> of the service <c>tasks</c>, found by service discovery.</summary>
    private static readonly Uri Address = new("http://_grpc.tasks");

    /// <summary>Adds the gRPC client of Tasks; pings notice within seconds when the peer has gone.</summary>
    /// <remarks>HttpClient's own loggers go: at trace level their structured state holds the token, redacted or not.</remarks>
    public static IHostApplicationBuilder AddTasksBackend(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder.Services.AddTransient<TasksBackend>();
        builder.Services.AddGrpcClient<TasksClient>(options =>
            {
                options.Address = Address;
                options.ChannelOptionsActions.Add(channel => channel.MaxReceiveMessageSize = null);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            })
            .RemoveAllLoggers()
            .RemoveAllResilienceHandlers();
        return builder;
    }
}
