using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>
/// Judges every call that the witness has seen against what was stored when it began: nothing stored is asked for again, and nothing is asked for twice
/// unless what worked on it was killed in between.
/// </summary>
internal sealed class CallLedger(Deployment deployment, IReadOnlyList<MadeTask> tasks)
{
    private readonly Witness witness = deployment.Witness!;
    private HashSet<CallKey> stored = [];

    /// <summary>Successful calls that may have been lost: those in flight, and those answered but not stored, at each kill.</summary>
    public int InFlightAtKills { get; private set; }

    /// <summary>Forgets what was called before.</summary>
    public void Begin() => witness.NextEra();

    /// <summary>Takes the services away with <paramref name="end"/> and judges the calls up to there.</summary>
    public async Task AroundAsync(IReadOnlyList<Service> services, Func<Service, Task> end, CancellationToken cancellationToken)
    {
        var storedBefore = await ReadStoredAsync(cancellationToken);
        var until = witness.NextEra();
        Judge(until, mostCalls: 1);
        stored = storedBefore;
        await Task.WhenAll(services.Select(end));

        // Nobody is left to make or to want records: every call has to end, and what is stored now stays.
        var halts = deployment.Runners.All(services.Contains) || deployment.Tasks.All(services.Contains);
        if (halts)
        {
            await Eventually.TrueAsync(() => witness.InFlight == 0, "every call is abandoned after the kill", seconds: 2);
            storedBefore = await ReadStoredAsync(cancellationToken);
        }

        // Where others go on they may already have asked again for what the dead one had in flight.
        var during = witness.NextEra();
        Judge(during, mostCalls: halts ? 1 : 2);
        InFlightAtKills += until.Keys.Union(during.Keys).Count(call => !storedBefore.Contains(call));
        stored = storedBefore;
    }

    /// <summary>Judges the calls since the last kill.</summary>
    public void End() => Judge(witness.NextEra(), mostCalls: 1);

    private void Judge(IReadOnlyDictionary<CallKey, CallsOfRecord> calls, int mostCalls)
    {
        foreach (var (call, notes) in calls)
        {
            Assert.False(stored.Contains(call), $"{call} was asked for although it was stored.");
            Assert.True(notes.Begun <= mostCalls, $"{call} was asked for {notes.Begun} times between two kills.");
        }
    }

    private async Task<HashSet<CallKey>> ReadStoredAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<CallKey>();
        foreach (var task in tasks)
        {
            found.UnionWith((await StoredTask.ReadAsync(deployment.Mock, task.Id, cancellationToken)).AllIndices.Select(index => new CallKey(task.Shop, index)));
        }

        return found;
    }
}
