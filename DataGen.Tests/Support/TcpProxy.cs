using System.Net;
using System.Net.Sockets;

namespace DataGen.Tests.Support;

/// <summary>One address for several backends, of which it chooses one per connection, as the proxy of an Aspire app
/// host and a Kubernetes service do. A backend that refuses the connection is passed over.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<int, int> choose;
    private readonly int[] backends;
    private readonly Task accepting;
    private int connections;

    private TcpProxy(Func<int, int> choose, IEnumerable<string> backends)
    {
        this.choose = choose;
        this.backends = [.. backends.Select(backend => new Uri(backend).Port)];
        listener.Start();
        Address = $"http://{listener.LocalEndpoint}";
        accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref connections);

    public static TcpProxy InTurn(params IEnumerable<string> backends) => new(turn => turn, backends);

    public static TcpProxy AtRandom(params IEnumerable<string> backends) => new(_ => Random.Shared.Next(), backends);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ForwardAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ForwardAsync(Socket client)
    {
        using (client)
        {
            try
            {
                using var backend = await ConnectAsync(choose(Interlocked.Increment(ref connections)));
                // When either side ends the connection the other is ended too.
                await Task.WhenAny(CopyAsync(client, backend), CopyAsync(backend, client));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // No backend takes connections, or the test is over.
            }
        }
    }

    private async Task<Socket> ConnectAsync(int first)
    {
        for (var tries = 0; ; tries++)
        {
            var backend = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await backend.ConnectAsync(
                    IPAddress.Loopback,
                    backends[(uint)(first + tries) % (uint)backends.Length],
                    stop.Token
                );
                return backend;
            }
            catch (SocketException) when (tries + 1 < backends.Length)
            {
                backend.Dispose();
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, stop.Token)) > 0; )
            {
                for (var sent = 0; sent < read; )
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop.Token);
                }
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The connection has ended.
        }
    }
}
