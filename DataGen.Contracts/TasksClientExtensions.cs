using DataGen.ServiceDefaults.Grpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataGen.Contracts;

/// <summary>Registers <see cref="TasksClient"/>.</summary>
public static class TasksClientExtensions
{
    private static readonly string[] Reads = ["Get", "List", "ListRecords", "GetMetrics"];
    private static readonly string[] Models = ["Preview", "Draft"];
    private static readonly string[] Streams = ["Watch", "Export"];

    /// <summary>Adds the client of Tasks. A call that only reads is repeated at another replica when one has
    /// gone.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="authorization">The Authorization header that stands for the caller of a request: an identity token.
    /// Null leaves the header out, and Tasks refuses the call.</param>
    public static IHostApplicationBuilder AddTasksClient(
        this IHostApplicationBuilder builder,
        Func<HttpContext, string?> authorization
    )
    {
        builder.Services.AddHttpContextAccessor();
        builder
            .AddBalancedGrpcClient<TasksClient>("tasks", Tasks.Descriptor.FullName, [.. Reads, .. Streams])
            .ConfigureChannel(channel =>
            {
                channel.MaxReceiveMessageSize = null;
                channel.UnsafeUseInsecureChannelCallCredentials = true; // the services talk on a private network
            })
            .AddCallCredentials((_, headers, services) => AuthorizeAsync(headers, services, authorization))
            .AddInterceptor(services => new CallDeadlines(Reads, Models, services.GetRequiredService<TimeProvider>()));
        return builder;
    }

    private static Task AuthorizeAsync(
        Metadata headers,
        IServiceProvider services,
        Func<HttpContext, string?> authorization
    )
    {
        var context =
            services.GetRequiredService<IHttpContextAccessor>().HttpContext
            ?? throw new InvalidOperationException("Tasks can only be called in a request, which names the caller.");
        if (authorization(context) is { } header)
        {
            headers.Add("authorization", header);
        }

        return Task.CompletedTask;
    }
}
