using System.Net;
using System.Net.Sockets;

namespace DataGen.Tasks.Cluster;

/// <summary>
/// A port of this machine that the system gives to nobody else who asks for a free one, from now until it is disposed. A
/// socket that is bound and does not listen holds it: one that is then bound to it by number may listen, as the silo does
/// (<c>SO_REUSEADDR</c>, which .NET sets).
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort()
    {
        holder.Bind(new IPEndPoint(IPAddress.Any, 0));
        Number = ((IPEndPoint)holder.LocalEndPoint!).Port;
    }

    /// <summary>Its number.</summary>
    public int Number { get; }

    public void Dispose() => holder.Dispose();
}
