namespace DataGen.Mock.Statistics;

/// <summary>A completion in progress. It counts as aborted unless something else is said before it is
/// disposed.</summary>
internal sealed class CompletionCall(InferenceStatistics owner) : IDisposable
{
    private readonly CallMeter.Visit visit = owner.Meter.Enter();
    private bool ended;

    /// <summary>Says how it ended; to be called before the answer is sent, so that the caller who has the answer finds
    /// it counted.</summary>
    public void End(CompletionOutcome outcome, int? status)
    {
        if (!ended)
        {
            ended = true;
            owner.Ended(outcome, status);
        }
    }

    public void Dispose()
    {
        End(CompletionOutcome.Aborted, null);
        visit.Dispose();
    }
}
