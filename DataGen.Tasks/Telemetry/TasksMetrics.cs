using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataGen.ServiceDefaults.Telemetry;

namespace DataGen.Tasks.Telemetry;

/// <summary>What operators watch of Tasks: how much is at work, how fast it is stored, how long the store
/// takes.</summary>
internal sealed class TasksMetrics
{
    private const string Name = TelemetryExtensions.SourcePrefix + "Tasks";

    /// <summary>Makes the spans of Tasks' own.</summary>
    public static readonly ActivitySource Source = new(Name);

    private readonly UpDownCounter<int> active;
    private readonly Counter<long> stored;
    private readonly Histogram<double> commitDuration;
    private readonly Counter<long> commitFailures;
    private readonly UpDownCounter<int> waiting;
    private readonly Counter<long> leasesLost;

    public TasksMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        active = meter.CreateUpDownCounter<int>("datagen.tasks.active", "{task}", "Tasks at work in this process.");
        stored = meter.CreateCounter<long>(
            "datagen.records.stored",
            "{record}",
            "Records that the store has confirmed."
        );
        commitDuration = meter.CreateHistogram<double>(
            "datagen.commit.duration",
            "s",
            "From the first try to the confirmation of one segment."
        );
        commitFailures = meter.CreateCounter<long>(
            "datagen.commit.failures",
            "{write}",
            "Writes of a segment that the store did not confirm."
        );
        waiting = meter.CreateUpDownCounter<int>(
            "datagen.window.records",
            "{record}",
            "Records that are made and wait for the store; 4096 of a shard hold its Runner back."
        );
        leasesLost = meter.CreateCounter<long>(
            "datagen.leases.lost",
            "{lease}",
            "Streams to a Runner that broke or did not begin; another is opened for what is missing."
        );
    }

    /// <summary>A task began its work here.</summary>
    public void TaskStarted() => active.Add(1);

    /// <summary>A task ended its work here.</summary>
    public void TaskEnded() => active.Add(-1);

    /// <summary>The store confirmed a segment.</summary>
    public void Committed(int good, int failed, TimeSpan took)
    {
        stored.Add(good, new KeyValuePair<string, object?>("datagen.record.outcome", "good"));
        stored.Add(failed, new KeyValuePair<string, object?>("datagen.record.outcome", "failed"));
        commitDuration.Record(took.TotalSeconds);
    }

    /// <summary>The store did not confirm a segment; it is written again.</summary>
    public void CommitFailed() => commitFailures.Add(1);

    /// <summary>So many more records wait for the store; fewer, when it is negative.</summary>
    public void Waiting(int change) => waiting.Add(change);

    /// <summary>A stream to a Runner broke or did not begin.</summary>
    public void LeaseLost() => leasesLost.Add(1);
}
