using DataGen.ServiceDefaults.Grpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DataGen.Contracts;

/// <summary>Registers the clients that call as the caller of the current request.</summary>
public static class CallerClientExtensions
{
    /// <summary>Adds the client of Tasks. A call that only reads is repeated at another replica when its replica is
    /// gone.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="authorization">Returns the Authorization header for the caller of a request, which is an identity
    /// token. Null leaves the header out, and Tasks refuses the call.</param>
    public static IHostApplicationBuilder AddTasksClient(
        this IHostApplicationBuilder builder,
        Func<HttpContext, string?> authorization
    ) =>
        builder.AddCallerClient<TasksClient>(
            "tasks",
            Tasks.Descriptor.FullName,
            new CallKinds(
                Reads: ["Get", "List", "ListRecords", "GetMetrics"],
                Long: ["Preview", "Draft"],
                Streams: ["Watch", "Follow", "Export"]
            ),
            authorization
        );

    /// <summary>Adds the client of Explorer, every call of which only reads.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="authorization">As for <see cref="AddTasksClient"/>.</param>
    public static IHostApplicationBuilder AddExplorerClient(
        this IHostApplicationBuilder builder,
        Func<HttpContext, string?> authorization
    ) =>
        builder.AddCallerClient<ExplorerClient>(
            "explorer",
            Explorer.Descriptor.FullName,
            new CallKinds(Reads: [], Long: ["Rows", "Profile", "Query"], Streams: ["ExportRows"]),
            authorization
        );

    private static IHostApplicationBuilder AddCallerClient<TClient>(
        this IHostApplicationBuilder builder,
        string service,
        string contract,
        CallKinds calls,
        Func<HttpContext, string?> authorization
    )
        where TClient : ClientBase
    {
        builder.Services.AddHttpContextAccessor();
        builder
            .AddBalancedGrpcClient<TClient>(service, contract, [.. calls.Reads, .. calls.Streams])
            .ConfigureChannel(channel =>
            {
                channel.MaxReceiveMessageSize = null;
                channel.UnsafeUseInsecureChannelCallCredentials = true; // the services talk on a private network
            })
            .AddCallCredentials((_, headers, services) => AuthorizeAsync(headers, services, authorization))
            .AddInterceptor(services => new CallDeadlines(calls, services.GetRequiredService<TimeProvider>()));
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
            ?? throw new InvalidOperationException("A service is only called in a request, which names the caller.");
        if (authorization(context) is { } header)
        {
            headers.Add("authorization", header);
        }

        return Task.CompletedTask;
    }
}
