namespace DataGen.Tests.Reliability;

/// <summary>
/// Checks every recorded call against what was stored when it began: no stored record is asked for again, and no record
/// is asked for twice unless the process that worked on it was killed in between.
/// </summary>
internal sealed class CallAudit(Deployment deployment, IReadOnlyList<CreatedTask> tasks)
{
    private readonly CallRecorder recorder = deployment.CallRecorder!;
    private HashSet<CallKey> stored = [];
    private DateTime lastEnd = DateTime.UtcNow;
    private int mostCalls = 1;

    /// <summary>Successful calls that may have been lost: those in flight, and those answered but not stored, at each
    /// kill.</summary>
    public int InFlightAtKills { get; private set; }

    /// <summary>Starts the audit with what is stored now; earlier calls do not count.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        stored = await ReadStoredAsync(cancellationToken);
        recorder.NextPeriod();
    }

    /// <summary>Ends the services with <paramref name="end"/> and checks the calls up to there.</summary>
    public async Task AroundAsync(
        IReadOnlyList<Service> services,
        Func<Service, Task> end,
        CancellationToken cancellationToken
    )
    {
        var storedBefore = await ReadStoredAsync(cancellationToken);
        var calls = recorder.NextPeriod();
        Check(calls);
        var unstored = calls.Keys;
        stored = storedBefore;
        await Task.WhenAll(services.Select(end));
        lastEnd = DateTime.UtcNow;

        // The processes that are left ask again for what the dead one had in flight, and a shard that moves to another
        // process because of it loses its calls once more.
        var others = deployment.Tasks.Count > 1 || deployment.Runners.Count > 1;
        mostCalls = others ? 2 : 1;
        InFlightAtKills += others ? deployment.MostInFlight : 0;
        if (deployment.Runners.All(services.Contains) || deployment.Tasks.All(services.Contains))
        {
            // No Runner or no Tasks is left: every call has to end, and what is stored now stays as it is.
            await Eventually.TrueAsync(() => recorder.IsQuiet, "every call is abandoned after the kill");
            var last = recorder.NextPeriod();
            Check(last);
            stored = await ReadStoredAsync(cancellationToken);
            unstored = unstored.Union(last.Keys);
            mostCalls = 1;
        }

        InFlightAtKills += unstored.Count(call => !stored.Contains(call));
    }

    /// <summary>Checks the calls since the last kill.</summary>
    public void End() => Check(recorder.NextPeriod());

    private void Check(IReadOnlyDictionary<CallKey, RecordCalls> calls)
    {
        foreach (var (call, made) in calls)
        {
            Assert.False(stored.Contains(call), $"{call} was asked for although it was stored.");
            Assert.True(
                made.Begun.Count <= mostCalls,
                $"{call} was asked for at {string.Join(" and ", made.Begun.Select(begun => $"{begun:HH:mm:ss.fff}"))} between two kills; the last was at {lastEnd:HH:mm:ss.fff}."
            );
        }
    }

    private async Task<HashSet<CallKey>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<CallKey>();
        foreach (var task in tasks)
        {
            found.UnionWith(
                (await StoredTask.ReadAsync(deployment.Mock, task.Id, cancellationToken)).AllIndices.Select(
                    index => new CallKey(task.Shop, index)
                )
            );
        }

        return found;
    }
}
