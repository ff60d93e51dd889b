using DataGen.ServiceDefaults.Grpc;
using DataGen.ServiceDefaults.Identity;
using Microsoft.Extensions.Hosting;

namespace DataGen.Contracts;

/// <summary>Registers <see cref="RunnerClient"/>.</summary>
public static class RunnerClientExtensions
{
    /// <summary>Adds the connections of <see cref="RunnerClient"/> to the Runners, one for each lease.</summary>
    public static IHostApplicationBuilder AddRunnerClient(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder.AddGrpcConnections("runner");
        return builder;
    }
}
