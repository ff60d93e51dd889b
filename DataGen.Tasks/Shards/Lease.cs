using System.Threading.Channels;
using DataGen.Contracts;
using Grpc.Core;

namespace DataGen.Tasks.Shards;

/// <summary>A stream on which a Runner makes records for as long as the stream is read. Requests are queued, so no
/// caller waits for a Runner that does not read.</summary>
internal sealed class Lease : IDisposable
{
    private readonly AsyncDuplexStreamingCall<RunRequest, RunUpdate> call;
    private readonly Action close;
    private readonly Channel<RunRequest> requests = Channel.CreateUnbounded<RunRequest>();

    /// <param name="call">The open stream.</param>
    /// <param name="capacity">Calls in flight that the Runner makes at most.</param>
    /// <param name="close">Done when the lease has ended.</param>
    public Lease(AsyncDuplexStreamingCall<RunRequest, RunUpdate> call, int capacity, Action close)
    {
        (this.call, Capacity, this.close) = (call, capacity, close);
        _ = SendAllAsync();
    }

    /// <summary>Calls in flight that the Runner makes at most, of all leases together.</summary>
    public int Capacity { get; }

    /// <summary>The Runner's updates; failures of sending show here too.</summary>
    public IAsyncStreamReader<RunUpdate> Updates => call.ResponseStream;

    /// <summary>Ends when the Runner has accepted the lease.</summary>
    public Task Taken => call.ResponseHeadersAsync;

    /// <summary>Sends a request; the first one has to say what to make.</summary>
    public void Send(RunRequest request) => requests.Writer.TryWrite(request);

    /// <summary>Says that no more requests follow: the Runner ends the stream when it has made everything.</summary>
    public void Complete() => requests.Writer.TryComplete();

    /// <summary>Ends the lease.</summary>
    public void Dispose()
    {
        Complete();
        call.Dispose();
        close();
    }

    private async Task SendAllAsync()
    {
        try
        {
            await foreach (var request in requests.Reader.ReadAllAsync())
            {
                await call.RequestStream.WriteAsync(request);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception)
            when (exception is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The stream has ended; its reader gets the failure.
        }
    }
}
