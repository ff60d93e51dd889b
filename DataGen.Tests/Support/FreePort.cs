using System.Net;
using System.Net.Sockets;

namespace DataGen.Tests.Support;

/// <summary>For programs that must be told their port.</summary>
/// <remarks>
/// The ports lie below those that systems hand out by themselves, and none is given twice: a program that is killed
/// finds its port free when it is
/// started again, whatever connections other tests have opened since.
/// </remarks>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Count = 17_000;

    private static int last = Random.Shared.Next(Count);

    /// <summary>A port of loopback that nobody listens on just now.</summary>
    public static int Find()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's: the next one.
            }
        }

        throw new InvalidOperationException("Every port is taken.");
    }
}
