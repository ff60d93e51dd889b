namespace DataGen.Runner.Pacing;

/// <summary>A call that waits for a slot.</summary>
internal sealed class Waiter(long ticket)
    : TaskCompletionSource<CallSlot>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>Its place in the order of arrival.</summary>
    public long Ticket => ticket;
}
