namespace DataGen.Runner.Pacing;

/// <summary>Somebody waits for a slot.</summary>
internal sealed class Waiter(long ticket)
    : TaskCompletionSource<CallSlot>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The order in which the waiting came.</summary>
    public long Ticket => ticket;
}
