using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>Where other silos reach this one.</summary>
internal static class SiloEndpoint
{
    /// <summary>
    /// The address this machine uses toward Redis: the others are where Redis can be reached too, on loopback as in a
    /// container. Where a Redis on this machine serves others too, <c>DATAGEN_SILO_ADDRESS</c> says what they are to
    /// use.
    /// </summary>
    public static IPAddress AddressToward(ConfigurationOptions redis)
    {
        // Connecting a UDP socket sends nothing; it only chooses the way.
        using var way = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        switch (redis.EndPoints[0])
        {
            case DnsEndPoint name:
                way.Connect(name.Host, Math.Max(1, name.Port));
                break;
            case var address:
                way.Connect(address);
                break;
        }

        return ((IPEndPoint)way.LocalEndPoint!).Address;
    }
}
