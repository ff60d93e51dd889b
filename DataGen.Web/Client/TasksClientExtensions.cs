using DataGen.ServiceDefaults.Grpc;

namespace DataGen.Web.Client;

/// <summary>Registers the gRPC client of DataGen.Tasks.</summary>
internal static class TasksClientExtensions
{
    /// <summary>Adds <see cref="CallerTasks"/>, which asks Tasks in the name of whoever asked Web. What only reads is
    /// asked again elsewhere when a replica has gone.</summary>
    internal static IHostApplicationBuilder AddTasksClient(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.AddBalancedGrpcClient<TasksClient>(
            "tasks",
            DataGen.Tasks.V1.Tasks.Descriptor.FullName,
            "Get",
            "List",
            "ListRecords",
            "GetMetrics"
        );
        builder.Services.AddScoped<CallerTasks>();
        return builder;
    }
}
