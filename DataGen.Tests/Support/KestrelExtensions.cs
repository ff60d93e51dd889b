using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DataGen.Tests.Support;

internal static class KestrelExtensions
{
    /// <summary>Listens for HTTP/2 without TLS on a free port of loopback.</summary>
    public static void ListenLocalhostFree(this KestrelServerOptions kestrel) =>
        kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
}
