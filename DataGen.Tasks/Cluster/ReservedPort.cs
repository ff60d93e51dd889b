using System.Net;
using System.Net.Sockets;

namespace DataGen.Tasks.Cluster;

/// <summary>
/// Reserves a free port: until it is disposed, the system gives the port to no process that asks for a free one. It
/// holds a socket that is bound and does not listen; another socket that is bound to the same number may listen, as the
/// silo's does (<c>SO_REUSEADDR</c>, which .NET sets).
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ReservedPort()
    {
        holder.Bind(new IPEndPoint(IPAddress.Any, 0));
        Number = ((IPEndPoint)holder.LocalEndPoint!).Port;
    }

    /// <summary>The port's number.</summary>
    public int Number { get; }

    public void Dispose() => holder.Dispose();
}
