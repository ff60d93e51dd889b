using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Tasks;

/// <summary>The state of a task, summed from the reports of its shards.</summary>
/// <param name="task">The whole task.</param>
/// <param name="plan">Which records each shard has.</param>
/// <param name="summaries">Every shard, in index order.</param>
/// <param name="reports">The last report of each shard to this process; null: none yet.</param>
internal sealed class ShardSums(
    TaskDefinition task,
    ShardPlan plan,
    IReadOnlyList<ShardSummary> summaries,
    IReadOnlyList<ShardReport?> reports
)
{
    public int Failures { get; } = summaries.Sum(shard => shard.Failed);

    public int Completed { get; } = summaries.Sum(shard => shard.Good + shard.Failed);

    public TokenCount Tokens { get; } = summaries.Aggregate(default(TokenCount), (sum, shard) => sum + shard.Tokens);

    public long DataBytes { get; } = summaries.Sum(shard => shard.DataBytes);

    public Rejections Rejected { get; } =
        summaries.Aggregate(default(Rejections), (sum, shard) => sum + shard.Rejected);

    public Spent Spent { get; } = summaries.Aggregate(default(Spent), (sum, shard) => sum + shard.Spent);

    public DateTimeOffset? LastStoredAt { get; } = summaries.Max(shard => shard.LastStoredAt);

    public DateTimeOffset? BegunAt { get; } = reports.Min(report => report?.BegunAt);

    public double PerSecond { get; } = reports.Sum(report => report?.PerSecond ?? 0);

    public int InFlightCount { get; } = reports.Sum(report => report?.InFlightCount ?? 0);

    /// <summary>The response format that the inference server is asked for, if a shard knows it.</summary>
    public string? ResponseFormat { get; } =
        reports.LastOrDefault(report => report?.ResponseFormat is not null)?.ResponseFormat;

    /// <summary>The records in flight with the lowest indices.</summary>
    public InFlightRecord[] InFlight() =>
        [
            .. Known()
                .SelectMany(report => report.InFlight)
                .OrderBy(record => record.Index)
                .Take(InFlightRecord.MostShown),
        ];

    /// <summary>The good records of a task that is shown record by record.</summary>
    /// <param name="stored">The ranges in the task's document, for shards that have not reported yet.</param>
    public IndexRange[] Good(IndexRanges stored) => Records(stored, report => report.GoodRecords);

    /// <summary>The failed records of a task that is shown record by record.</summary>
    /// <param name="stored">The ranges in the task's document, for shards that have not reported yet.</param>
    public IndexRange[] Failed(IndexRanges stored) => Records(stored, report => report.FailedRecords);

    /// <summary>How many records took how long.</summary>
    public int[] Latencies() => LatencyHistogram.Sum(Known().Select(report => report.Latencies));

    /// <summary>Why no record is made: when every shard at work waits, the reason of the first of them.</summary>
    public string? WaitingReason()
    {
        var atWork = Known().Where(report => !report.Ended).ToArray();
        return atWork.Length > 0 && atWork.All(report => report.WaitingReason is not null)
            ? atWork[0].WaitingReason
            : null;
    }

    /// <summary>Why records in flight are made again, by message.</summary>
    public ErrorCount[] Retrying()
    {
        var tally = new ErrorTally();
        foreach (var report in Known())
        {
            tally.Add([], report.Retrying ?? []);
        }

        return tally.Counts();
    }

    /// <summary>All failures that the reports know.</summary>
    public ErrorTally Errors()
    {
        var tally = new ErrorTally();
        foreach (var report in Known())
        {
            tally.Add(report.Errors, report.ErrorCounts);
        }

        return tally;
    }

    /// <summary>The cells of the task. A shard that has not reported yet is exact when all its records are good, else
    /// its cells are empty.</summary>
    public CellCounts Cells()
    {
        var cells = CellCounts.Empty(task.Count);
        for (var number = 0; number < summaries.Count; number++)
        {
            if (reports[number]?.Cells is { } said)
            {
                Add(cells.Good, said.First, said.Good);
                Add(cells.Failed, said.First, said.Failed);
            }
            else if (plan.Range(number) is var range && summaries[number].Good == range.Count)
            {
                cells.Add([range], good: true);
            }
        }

        return cells;
    }

    private IndexRange[] Records(IndexRanges stored, Func<ShardReport, IndexRange[]> said)
    {
        var records = new List<IndexRange>();
        foreach (
            var range in reports.SelectMany(
                (report, number) => report is null ? stored.Within(plan.Range(number)) : said(report)
            )
        )
        {
            // Adjacent ranges of two shards are joined to one range.
            if (records is [.., var last] && last.Last + 1 == range.First)
            {
                records[^1] = new IndexRange(last.First, range.Last);
            }
            else
            {
                records.Add(range);
            }
        }

        return [.. records];
    }

    private IEnumerable<ShardReport> Known() => reports.OfType<ShardReport>();

    private static void Add(int[] sum, int first, int[] part)
    {
        for (var at = 0; at < part.Length; at++)
        {
            sum[first + at] += part[at];
        }
    }
}
