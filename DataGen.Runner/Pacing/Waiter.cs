namespace DataGen.Runner.Pacing;

/// <summary>A call that waits for a slot.</summary>
internal sealed class Waiter(long ticket, long since)
    : TaskCompletionSource<CallSlot>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Its place in the order of arrival.</summary>
    public long Ticket => ticket;

    /// <summary>The clock's timestamp when it began to wait.</summary>
    public long Since => since;
}
