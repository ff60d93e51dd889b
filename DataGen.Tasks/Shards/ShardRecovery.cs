using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Shards;

/// <summary>Finds the segments that were stored after the shard's document was last written.</summary>
internal static class ShardRecovery
{
    /// <summary>Counts every segment that follows those in the document.</summary>
    public static async Task RecoverAsync(
        this ShardTracker tracker,
        TaskStore store,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var next = tracker.NextSegment();
            var later = Enumerable
                .Range(next.Epoch + 1, EpochExtent.LookAhead)
                .Select(epoch => new SegmentId(epoch, 0));
            var found = await Task.WhenAll(
                later.Prepend(next).Select(id => store.ReadSegmentAsync(tracker.Id, id, cancellationToken))
            );
            if (found[0] is { } following)
            {
                tracker.Recovered(following);
            }
            else if (found.OfType<Segment>().FirstOrDefault() is { } first)
            {
                tracker.OpenEpoch(first.Id.Epoch);
                tracker.Recovered(first);
            }
            else
            {
                return;
            }
        }
    }
}
