using System.Net;
using System.Net.Sockets;
using DataGen.Tasks.Cluster;

namespace DataGen.Tests.Tasks;

public sealed class ReservedPortTests
{
    [Fact]
    public void A_reserved_port_is_given_to_nobody_else_and_can_be_listened_on()
    {
        using var reserved = new ReservedPort();

        var others = Enumerable.Range(0, 2000).Select(_ => new ReservedPort()).ToList();
        using var silo = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silo.Bind(new IPEndPoint(IPAddress.Loopback, reserved.Number));
        silo.Listen();
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, reserved.Number);

        Assert.True(client.Connected);
        Assert.Equal(2001, others.Append(reserved).Select(port => port.Number).Distinct().Count());
        others.ForEach(port => port.Dispose());
    }
}
