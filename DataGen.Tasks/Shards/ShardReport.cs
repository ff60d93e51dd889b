using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Shards;

/// <summary>How a shard stands: what the store has confirmed, and what is on its way.</summary>
/// <param name="Run">The run of the task it works on, or worked on last.</param>
/// <param name="Ended">Whether every record of it has ended in that run.</param>
/// <param name="FatalReason">The answer that no further call can change, if one ended it.</param>
/// <param name="BegunAt">When this process's first call for it was about to be made; null: none was yet.</param>
/// <param name="DataBytes">Bytes of the good records.</param>
/// <param name="LastStoredAt">When its newest segment was stored.</param>
/// <param name="WaitingReason">Why nothing moves, if so.</param>
/// <param name="PerSecond">Records stored per second of late.</param>
/// <param name="InFlight">Those of lowest index.</param>
/// <param name="Retrying">Why those in flight are made again that are, by message; null from a process of an earlier version.</param>
/// <param name="Errors">The failures of lowest index.</param>
/// <param name="ErrorCounts">All failures by message.</param>
/// <param name="Latencies">Counts of <see cref="LatencyHistogram"/> since this process took it up.</param>
/// <param name="GoodRecords">The good records of a task that is shown record by record; else empty.</param>
/// <param name="FailedRecords">The failed records of a task that is shown record by record; else empty.</param>
/// <param name="Cells">The cells of the task it lies in, its own records only; null for a task that is shown record by
/// record.</param>
/// <param name="Rejected">Answers that were rejected.</param>
/// <param name="Spent">What its calls have cost.</param>
/// <param name="StoppedBy">Why no more calls are made for it, if so.</param>
/// <param name="ResponseFormat">What the inference server is asked to answer with; null: nothing was told yet.</param>
[GenerateSerializer, Immutable]
internal sealed record ShardReport(
    [property: Id(0)] int Run,
    [property: Id(1)] bool Ended,
    [property: Id(2)] string? FatalReason,
    [property: Id(3)] DateTimeOffset? BegunAt,
    [property: Id(4)] int Good,
    [property: Id(5)] int Failed,
    [property: Id(6)] TokenCount Tokens,
    [property: Id(7)] long DataBytes,
    [property: Id(8)] DateTimeOffset? LastStoredAt,
    [property: Id(9)] string? WaitingReason,
    [property: Id(10)] double PerSecond,
    [property: Id(11)] InFlightRecord[] InFlight,
    [property: Id(12)] int InFlightCount,
    [property: Id(23)] ErrorCount[]? Retrying,
    [property: Id(13)] RecordFailure[] Errors,
    [property: Id(14)] ErrorCount[] ErrorCounts,
    [property: Id(15)] int[] Latencies,
    [property: Id(16)] IndexRange[] GoodRecords,
    [property: Id(17)] IndexRange[] FailedRecords,
    [property: Id(18)] ShardCells? Cells,
    [property: Id(19)] string? ResponseFormat,
    [property: Id(20)] Rejections Rejected,
    [property: Id(21)] Spent Spent,
    [property: Id(22)] StopReason? StoppedBy
)
{
    /// <summary>What the task's document holds of it.</summary>
    public ShardSummary ToSummary() => new(Ended, Good, Failed, Tokens, DataBytes, LastStoredAt, Rejected, Spent);

    /// <summary>Whether it will do nothing more in this run.</summary>
    public bool IsOver => Ended || FatalReason is not null || StoppedBy is not null;
}
