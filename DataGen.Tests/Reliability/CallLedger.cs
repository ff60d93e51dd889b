namespace DataGen.Tests.Reliability;

/// <summary>
/// Judges every call that the witness has seen against what was stored when it began: nothing stored is asked for
/// again, and nothing is asked for twice
/// unless what worked on it was killed in between.
/// </summary>
internal sealed class CallLedger(Deployment deployment, IReadOnlyList<MadeTask> tasks)
{
    private readonly Witness witness = deployment.Witness!;
    private HashSet<CallKey> stored = [];
    private DateTime lastEnd = DateTime.UtcNow;
    private int mostCalls = 1;

    /// <summary>Successful calls that may have been lost: those in flight, and those answered but not stored, at each
    /// kill.</summary>
    public int InFlightAtKills { get; private set; }

    /// <summary>Forgets what was called before and begins anew with what is stored now.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        stored = await ReadStoredAsync(cancellationToken);
        witness.NextEra();
    }

    /// <summary>Takes the services away with <paramref name="end"/> and judges the calls up to there.</summary>
    public async Task AroundAsync(
        IReadOnlyList<Service> services,
        Func<Service, Task> end,
        CancellationToken cancellationToken
    )
    {
        var storedBefore = await ReadStoredAsync(cancellationToken);
        var calls = witness.NextEra();
        Judge(calls);
        var unstored = calls.Keys;
        stored = storedBefore;
        await Task.WhenAll(services.Select(end));
        lastEnd = DateTime.UtcNow;

        // Where others go on they ask again for what the dead one had in flight, and a part of the task that moves on
        // because of it loses its calls once more.
        var others = deployment.Tasks.Count > 1 || deployment.Runners.Count > 1;
        mostCalls = others ? 2 : 1;
        InFlightAtKills += others ? deployment.MostInFlight : 0;
        if (deployment.Runners.All(services.Contains) || deployment.Tasks.All(services.Contains))
        {
            // Nobody is left to make or to want records: every call has to end, and what is stored now stays.
            await Eventually.TrueAsync(
                () => witness.InFlight == 0,
                "every call is abandoned after the kill",
                seconds: 2
            );
            var last = witness.NextEra();
            Judge(last);
            stored = await ReadStoredAsync(cancellationToken);
            unstored = unstored.Union(last.Keys);
            mostCalls = 1;
        }

        InFlightAtKills += unstored.Count(call => !stored.Contains(call));
    }

    /// <summary>Judges the calls since the last kill.</summary>
    public void End() => Judge(witness.NextEra());

    private void Judge(IReadOnlyDictionary<CallKey, CallsOfRecord> calls)
    {
        foreach (var (call, notes) in calls)
        {
            Assert.False(stored.Contains(call), $"{call} was asked for although it was stored.");
            Assert.True(
                notes.Begun.Count <= mostCalls,
                $"{call} was asked for at {string.Join(" and ", notes.Begun.Select(begun => $"{begun:HH:mm:ss.fff}"))} between two kills; the last was at {lastEnd:HH:mm:ss.fff}."
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
