using Microsoft.Extensions.Configuration;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>Configured addresses of Tasks that change while the client runs.</summary>
internal sealed class ChangingAddresses : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public void Set(params string[] peers)
    {
        Data = peers.Index().ToDictionary(peer => $"Services:tasks:grpc:{peer.Index}", peer => (string?)peer.Item);
        OnReload();
    }
}
