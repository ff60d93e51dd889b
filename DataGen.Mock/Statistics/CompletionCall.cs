namespace DataGen.Mock.Statistics;

/// <summary>A completion in progress. It counts as aborted unless something else is said before it is
/// disposed.</summary>
internal sealed class CompletionCall : IDisposable
{
    private readonly InferenceStatistics owner;
    private bool ended;

    public CompletionCall(InferenceStatistics owner)
    {
        this.owner = owner;
        owner.Meter.Enter();
    }

    /// <summary>Says how it ended; to be called before the answer is sent, so that the caller who has the answer finds it
    /// counted.</summary>
    public void End(CompletionOutcome outcome, int? status)
    {
        if (ended)
        {
            return;
        }

        ended = true;
        owner.Ended(outcome, status);
    }

    public void Dispose()
    {
        End(CompletionOutcome.Aborted, null);
        owner.Meter.Exit();
    }
}
