using DataGen.Contracts;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Grpc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>A client of Tasks as the services register theirs; only <c>Get</c> and <c>Watch</c> are
/// repeatable.</summary>
internal sealed class BalancedClient : IAsyncDisposable
{
    private readonly IHost host;
    private readonly ChangingAddresses addresses = new();

    public BalancedClient(params string[] peers)
    {
        addresses.Set(peers);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        ((IConfigurationBuilder)builder.Configuration).Add(addresses);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddBalancedGrpcClient<TasksClient>("tasks", Contracts.Tasks.Descriptor.FullName, "Get", "Watch");
        host = builder.Build();
        Tasks = host.Services.GetRequiredService<TasksClient>();
    }

    public TasksClient Tasks { get; }

    /// <summary>Changes the configured addresses.</summary>
    public void Set(params string[] peers) => addresses.Set(peers);

    public ValueTask DisposeAsync() => ((IAsyncDisposable)host).DisposeAsync();
}
