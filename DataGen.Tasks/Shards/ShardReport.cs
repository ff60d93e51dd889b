using DataGen.Tasks.Model;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Shards;

/// <summary>The state of a shard: what the store has confirmed, and what is in flight.</summary>
/// <param name="Run">The run of the task it works on, or worked on last.</param>
/// <param name="Ended">Whether every record of it has ended in that run.</param>
/// <param name="FatalReason">The fatal answer that ended it, if one did.</param>
/// <param name="BegunAt">When this process was about to make its first call for the shard; null: it has made
/// none.</param>
/// <param name="DataBytes">Bytes of the good records.</param>
/// <param name="LastStoredAt">When its newest segment was stored.</param>
/// <param name="WaitingReason">Why no record is made; null: records are made.</param>
/// <param name="PerSecond">Records stored per second, over the last seconds.</param>
/// <param name="InFlight">The records in flight with the lowest indices.</param>
/// <param name="Retrying">Why some of the records in flight are made again, by message; null from a process of an
/// earlier version.</param>
/// <param name="Errors">The failures with the lowest indices.</param>
/// <param name="ErrorCounts">All failures by message.</param>
/// <param name="Latencies">Counts of <see cref="LatencyHistogram"/> since this process took over the shard.</param>
/// <param name="GoodRecords">The good records of a task that is shown record by record; else empty.</param>
/// <param name="FailedRecords">The failed records of a task that is shown record by record; else empty.</param>
/// <param name="Cells">The cells of the task that the shard lies in, with the shard's own records; null for a task that
/// is shown record by record.</param>
/// <param name="Rejected">Answers that were rejected.</param>
/// <param name="Spent">The cost of its calls.</param>
/// <param name="StoppedBy">Why no more calls are made for it; null: calls are made.</param>
/// <param name="ResponseFormat">The response format that the inference server is asked for; null: not known
/// yet.</param>
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
    /// <summary>The part of the report that the task's document holds.</summary>
    public ShardSummary ToSummary() => new(Ended, Good, Failed, Tokens, DataBytes, LastStoredAt, Rejected, Spent);

    /// <summary>Whether the shard does nothing more in this run.</summary>
    public bool IsOver => Ended || FatalReason is not null || StoppedBy is not null;
}
