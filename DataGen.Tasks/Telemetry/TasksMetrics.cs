using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataGen.ServiceDefaults.Telemetry;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Telemetry;

/// <summary>The metrics of Tasks for operators: how much is at work and what it costs, how fast records are stored, how
/// long the store takes.</summary>
internal sealed class TasksMetrics
{
    private const string Name = TelemetryExtensions.SourcePrefix + "Tasks";

    /// <summary>Makes Tasks' own spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private readonly UpDownCounter<int> active;
    private readonly Counter<long> stored;
    private readonly Histogram<double> commitDuration;
    private readonly Counter<long> commitFailures;
    private readonly UpDownCounter<int> waiting;
    private readonly Counter<long> leasesLost;
    private readonly UpDownCounter<long> queue;
    private readonly Counter<long> rejected;
    private readonly Counter<long> tokens;
    private readonly Counter<double> cost;
    private readonly Prices prices;

    public TasksMetrics(IMeterFactory meters, Prices prices)
    {
        this.prices = prices;
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
        queue = meter.CreateUpDownCounter<long>(
            "datagen.queue.records",
            "{record}",
            "Records of the tasks at work in this process that are not stored yet."
        );
        rejected = meter.CreateCounter<long>(
            "datagen.records.rejected",
            "{record}",
            "Records that the definition does not allow and that are made again, by datagen.reason."
        );
        tokens = meter.CreateCounter<long>(
            "datagen.tokens.spent",
            "{token}",
            "Tokens of the calls of tasks, failed ones too, by datagen.token.type; where the server says nothing, the most."
        );
        cost = meter.CreateCounter<double>(
            "datagen.cost",
            "{price}",
            "What those tokens cost by the prices of DATAGEN_PRICE_INPUT_PER_MTOK and DATAGEN_PRICE_OUTPUT_PER_MTOK."
        );
    }

    /// <summary>A task started in this process.</summary>
    public void TaskStarted() => active.Add(1);

    /// <summary>A task ended in this process.</summary>
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

    /// <summary>The number of records that wait for the store has changed; negative: there are fewer.</summary>
    public void Waiting(int change) => waiting.Add(change);

    /// <summary>The number of records that are still to be stored has changed; negative: there are fewer.</summary>
    public void Queued(long change) => queue.Add(change);

    /// <summary>Calls of a task have ended.</summary>
    public void Called(in Spent made)
    {
        tokens.Add(made.Input, new KeyValuePair<string, object?>("datagen.token.type", "input"));
        tokens.Add(made.Output, new KeyValuePair<string, object?>("datagen.token.type", "output"));
        if (prices.AreKnown)
        {
            cost.Add((double)prices.Of(made));
        }
    }

    /// <summary>Answers held records that the definition does not allow.</summary>
    public void Rejected(in Rejections answered)
    {
        Reject("invalid", answered.Invalid);
        Reject("rule", answered.Rule);
        Reject("duplicate", answered.Duplicate);
        Reject("near", answered.Near);

        void Reject(string reason, int records)
        {
            if (records > 0)
            {
                rejected.Add(records, new KeyValuePair<string, object?>("datagen.reason", reason));
            }
        }
    }

    /// <summary>A stream to a Runner broke or did not begin.</summary>
    public void LeaseLost() => leasesLost.Add(1);
}
