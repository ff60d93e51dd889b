using System.Net;
using System.Net.Sockets;

namespace DataGen.Tests.Support;

/// <summary>For programs that must be told their port.</summary>
internal static class FreePort
{
    /// <summary>A port of loopback that nobody listens on just now.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
