using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>Finds the address at which other silos reach this one.</summary>
internal static class SiloEndpoint
{
    /// <summary>
    /// The local address of this machine's connection to Redis. The other silos are on the same network as Redis, both
    /// on loopback and in containers. Where a Redis on this machine serves silos on other machines,
    /// <c>DATAGEN_SILO_ADDRESS</c> names the address.
    /// </summary>
    public static IPAddress AddressToward(ConfigurationOptions redis)
    {
        // Connecting a UDP socket sends nothing; it only chooses the route.
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
