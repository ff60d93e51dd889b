using System.Net;
using System.Net.Sockets;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>A peer that hangs: it accepts connections, reads what comes and never says a word.</summary>
internal sealed class SilentPeer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource received = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SilentPeer()
    {
        listener.Start();
        _ = SwallowAsync();
    }

    public string Address => $"http://{listener.LocalEndpoint}";

    /// <summary>Ends when a call has come.</summary>
    public Task Received => received.Task;

    public void Dispose() => listener.Dispose();

    private async Task SwallowAsync()
    {
        try
        {
            while (true)
            {
                _ = SwallowAsync(await listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task SwallowAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                received.TrySetResult();
            }
        }
        catch (SocketException)
        {
            // The client has given up.
        }

        socket.Dispose();
    }
}
