using DataGen.ServiceDefaults.Grpc;
using DataGen.ServiceDefaults.Identity;
using Microsoft.Extensions.Hosting;

namespace DataGen.Contracts;

/// <summary>Registers <see cref="RunnerClient"/>.</summary>
public static class RunnerClientExtensions
{
    /// <summary>Adds the client of the Runners. A lease that ends before its Runner has answered is opened at another
    /// one at once; a lease that breaks later is left to its owner.</summary>
    public static IHostApplicationBuilder AddRunnerClient(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder.AddBalancedGrpcClient<RunnerClient>("runner", Runner.Descriptor.FullName, "Run");
        return builder;
    }
}
