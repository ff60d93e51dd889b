namespace DataGen.Mock.Statistics;

/// <summary>A completion in progress. It counts as aborted unless something else is said before it is disposed.</summary>
internal sealed class CompletionCall : IDisposable
{
    private readonly InferenceStatistics _owner;
    private bool _ended;

    public CompletionCall(InferenceStatistics owner)
    {
        _owner = owner;
        owner.Meter.Enter();
    }

    /// <summary>Says how it ended; to be called before the answer is sent, so that whoever has the answer finds it counted.</summary>
    public void End(CompletionOutcome outcome, int? status)
    {
        if (_ended) return;
        _ended = true;
        _owner.Ended(outcome, status);
    }

    public void Dispose()
    {
        End(CompletionOutcome.Aborted, null);
        _owner.Meter.Exit();
    }
}
