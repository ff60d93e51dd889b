using Microsoft.Extensions.ServiceDiscovery.Http;
using Yarp.ReverseProxy.Forwarder;

namespace DataGen.Gateway.Pages;

/// <summary>Lets YARP's client find services by name.</summary>
internal sealed class DiscoveringForwarderHttpClientFactory(IServiceDiscoveryHttpMessageHandlerFactory discovery)
    : ForwarderHttpClientFactory
{
    /// <inheritdoc/>
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) =>
        discovery.CreateHandler(handler);

    /// <inheritdoc/>
    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
    }
}
