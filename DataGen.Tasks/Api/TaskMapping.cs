using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Model;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Tasks.Api;

/// <summary>From the model to the messages of tasks.proto.</summary>
internal static class TaskMapping
{
    public static GenerationTask ToProto(this TaskSnapshot task, Prices prices)
    {
        var definition = task.Definition;
        var result = new GenerationTask
        {
            Id = definition.Id,
            Owner = definition.Owner,
            Title = definition.Title,
            Spec = definition.ToSpec(),
            CreatedAt = definition.CreatedAt.ToTimestamp(),
            StartedAt = task.StartedAt?.ToTimestamp(),
            FinishedAt = task.FinishedAt?.ToTimestamp(),
            Status = task.Status.ToProto(),
            Completed = task.Completed,
            Failures = task.Failures,
            Tokens = task.Tokens.ToProto(),
            WaitingReason = task.WaitingReason ?? "",
            FailureReason = task.FailureReason ?? "",
            RecordsPerSecond = task.PerSecond,
            DataBytes = task.DataBytes,
            ResponseFormat = task.ResponseFormat ?? "",
            Rejected = new Contracts.Rejections
            {
                Invalid = task.Rejected.Invalid,
                Duplicate = task.Rejected.Duplicate,
                Near = task.Rejected.Near,
                Rule = task.Rejected.Rule,
            },
            Calls = task.Spent.Calls,
            Spent = new TokenUsage { Input = task.Spent.Input, Output = task.Spent.Output },
            StoppedBy = task.StoppedBy switch
            {
                StopReason.Budget => "budget",
                StopReason.Deadline => "deadline",
                StopReason.Stall => "stall",
                _ => "",
            },
        };
        if (prices.AreKnown)
        {
            result.Cost = (double)prices.Of(task.Spent);
        }

        return result;
    }

    public static Contracts.TaskDetail ToProto(this Tasks.TaskDetail detail, Prices prices)
    {
        var result = new Contracts.TaskDetail { Task = detail.Task.ToProto(prices) };
        result.InFlight.AddRange(detail.InFlight.Select(ToProto));
        result.Errors.AddRange(
            detail.Errors.Select(error => new RecordError { Index = error.Index, Message = error.Message })
        );
        result.ErrorGroups.AddRange(detail.ErrorCounts.Select(ToProto));
        result.History.AddRange(detail.History.Select(ToProto));
        return result;
    }

    public static Contracts.TaskProgress ToProto(this Tasks.TaskProgress progress, Prices prices)
    {
        var result = new Contracts.TaskProgress
        {
            Version = progress.Version,
            Task = progress.Task.ToProto(prices),
            InFlightCount = progress.InFlightCount,
            Cells = progress.Cells?.ToProto(),
            NewestPoint = progress.NewestPoint?.ToProto(),
        };
        result.InFlight.AddRange(progress.InFlight.Select(ToProto));
        result.Good.AddRange(progress.Good.Select(ToProto));
        result.Failed.AddRange(progress.Failed.Select(ToProto));
        result.ErrorGroups.AddRange(progress.ErrorCounts.Select(ToProto));
        result.Retrying.AddRange((progress.Retrying ?? []).Select(ToProto));
        return result;
    }

    /// <summary>What a Runner counted.</summary>
    public static Model.Rejections ToModel(this Contracts.Rejections? rejected) =>
        rejected is null
            ? default
            : new Model.Rejections(rejected.Invalid, rejected.Duplicate, rejected.Rule, rejected.Near);

    /// <summary>The status of the model, or null when there is none of that name.</summary>
    public static GenerationStatus? ToModel(this GenerationTaskStatus status) =>
        status switch
        {
            GenerationTaskStatus.Queued => GenerationStatus.Queued,
            GenerationTaskStatus.Running => GenerationStatus.Running,
            GenerationTaskStatus.Succeeded => GenerationStatus.Succeeded,
            GenerationTaskStatus.Failed => GenerationStatus.Failed,
            GenerationTaskStatus.Cancelled => GenerationStatus.Cancelled,
            _ => null,
        };

    public static GeneratedRecord ToProto(this StoredRecord record)
    {
        var result = new GeneratedRecord
        {
            Index = record.Index,
            Attempts = record.Attempts,
            Tokens = record.Tokens.ToProto(),
            DurationMs = record.DurationMs,
            Rejected = record.Rejected,
        };
        if (record.Data is { } data)
        {
            result.Data = UnsafeByteOperations.UnsafeWrap(data);
        }
        else
        {
            result.Error = record.Error ?? "";
            result.Answer = record.Answer ?? "";
        }

        return result;
    }

    /// <summary>A record as people made it; one that is left out still shows what it was.</summary>
    public static GeneratedRecord ToProto(this StoredRecord record, Curation.CuratedRecord curated)
    {
        var result = (record with { Data = curated.DataOf(record.Data) }).ToProto();
        result.Curation = curated == Curation.CuratedRecord.Untouched ? null : curated.ToProto();
        return result;
    }

    /// <summary>What people made of a record.</summary>
    public static Contracts.Curation ToProto(this Curation.CuratedRecord curated) =>
        new() { Change = (Contracts.RecordChange)curated.Change, Liked = curated.Liked };

    /// <summary>How many records people have touched; null: none.</summary>
    public static CurationCounts? ToCounts(this Curation.CuratedRecords curated) =>
        curated.ByIndex.Count == 0
            ? null
            : new CurationCounts
            {
                Edited = curated.ByIndex.Values.Count(record => record.Data is not null),
                Removed = curated.ByIndex.Values.Count(record => record.Change == Curation.RecordChange.Removed),
                Liked = curated.ByIndex.Values.Count(record => record.Liked),
            };

    public static Contracts.Metrics ToProto(this MetricsTotals totals) =>
        new()
        {
            TotalJobs = totals.TotalJobs,
            TotalRecordsRequested = totals.TotalRecordsRequested,
            TotalRecordsGenerated = totals.TotalRecordsGenerated,
            ActiveJobs = totals.ActiveJobs,
            FailedJobs = totals.FailedJobs,
            LastJobAt = totals.LastJobAt?.ToTimestamp(),
        };

    private static ErrorGroup ToProto(this ErrorCount count) =>
        new()
        {
            Message = count.Message,
            Count = count.Count,
            FirstIndex = count.First,
        };

    private static Contracts.HistoryPoint ToProto(this Model.HistoryPoint point) =>
        new()
        {
            At = point.At.ToTimestamp(),
            Completed = point.Completed,
            Failures = point.Failures,
            LatencyP50Ms = point.P50,
            LatencyP95Ms = point.P95,
        };

    private static Cells ToProto(this CellCounts cells)
    {
        var result = new Cells { Size = cells.Size };
        result.Good.AddRange(cells.Good);
        result.Failed.AddRange(cells.Failed);
        return result;
    }

    private static TokenUsage ToProto(this TokenCount tokens) => new() { Input = tokens.Input, Output = tokens.Output };

    public static Contracts.IndexRange ToProto(this Model.IndexRange range) =>
        new() { First = range.First, Last = range.Last };

    private static Contracts.InFlightRecord ToProto(this Shards.InFlightRecord record) =>
        new()
        {
            Index = record.Index,
            Attempt = record.Attempt,
            State = record.State switch
            {
                Shards.InFlightState.Calling => Contracts.InFlightState.Calling,
                Shards.InFlightState.Retrying => Contracts.InFlightState.Retrying,
                Shards.InFlightState.Storing => Contracts.InFlightState.Storing,
                _ => throw new InvalidOperationException($"{record.State} has no counterpart."),
            },
            StartedAt = record.StartedAt.ToTimestamp(),
        };

    private static GenerationTaskStatus ToProto(this GenerationStatus status) =>
        status switch
        {
            GenerationStatus.Queued => GenerationTaskStatus.Queued,
            GenerationStatus.Running => GenerationTaskStatus.Running,
            GenerationStatus.Succeeded => GenerationTaskStatus.Succeeded,
            GenerationStatus.Failed => GenerationTaskStatus.Failed,
            GenerationStatus.Cancelled => GenerationTaskStatus.Cancelled,
            _ => throw new InvalidOperationException($"{status} has no counterpart."),
        };
}
