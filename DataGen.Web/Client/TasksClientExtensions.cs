namespace DataGen.Web.Client;

/// <summary>Registers the gRPC client of DataGen.Tasks.</summary>
internal static class TasksClientExtensions
{
    private static readonly Uri TasksAddress = new("http://_grpc.tasks");
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(20);

    /// <summary>Adds <see cref="CallerTasks"/>, which asks Tasks in the name of whoever asked Web.</summary>
    internal static IHostApplicationBuilder AddTasksClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddGrpcClient<TasksClient>(options => options.Address = TasksAddress)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout,
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = PingInterval,
                KeepAlivePingTimeout = PingInterval,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            })
            .RemoveAllResilienceHandlers();
        builder.Services.AddScoped<CallerTasks>();
        return builder;
    }
}
