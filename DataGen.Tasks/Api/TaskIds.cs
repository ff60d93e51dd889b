namespace DataGen.Tasks.Api;

/// <summary>
/// Ids of new tasks: UUIDs of version 7, whose order is the order of creation. RFC 9562, 6.2 leaves the order within
/// one millisecond open, so each id of this process gets a millisecond of its own.
/// </summary>
internal sealed class TaskIds
{
    private readonly Lock gate = new();
    private DateTimeOffset last;

    /// <summary>An id that is higher than all that this process has made before.</summary>
    public string Next(DateTimeOffset now)
    {
        lock (gate)
        {
            var earliest = last.AddMilliseconds(1);
            last = now > earliest ? now : earliest;
            return Guid.CreateVersion7(last).ToString();
        }
    }
}
