using System.Threading.Channels;

namespace DataGen.Runner.Pacing;

/// <summary>Wakes its one waiter. When it is set without a waiter, the next wait passes at once.</summary>
internal sealed class AsyncAutoResetEvent
{
    private readonly Channel<bool> state = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }
    );

    public void Set() => state.Writer.TryWrite(true);

    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await state.Reader.ReadAsync(cancellationToken);
}
