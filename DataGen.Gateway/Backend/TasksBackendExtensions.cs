using DataGen.ServiceDefaults.Grpc;
using DataGen.ServiceDefaults.Identity;
using TasksClient = DataGen.Tasks.V1.Tasks.TasksClient;

namespace DataGen.Gateway.Backend;

/// <summary>Registers the way to Tasks.</summary>
internal static class TasksBackendExtensions
{
    /// <summary>Adds the gRPC client of Tasks. What only reads is asked again elsewhere when a replica has
    /// gone.</summary>
    public static IHostApplicationBuilder AddTasksBackend(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder.Services.AddTransient<TasksBackend>();
        builder
            .AddBalancedGrpcClient<TasksClient>(
                "tasks",
                DataGen.Tasks.V1.Tasks.Descriptor.FullName,
                "Get",
                "List",
                "ListRecords",
                "GetMetrics",
                "Watch",
                "Export"
            )
            .ConfigureChannel(channel => channel.MaxReceiveMessageSize = null);
        return builder;
    }
}
