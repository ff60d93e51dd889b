using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Model;
using Google.Protobuf.WellKnownTypes;

namespace DataGen.Tasks.Api;

/// <summary>Converts tasks to the messages of tasks.proto.</summary>
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
        result.Good.AddRange(progress.Good.Select(range => range.ToProto()));
        result.Failed.AddRange(progress.Failed.Select(range => range.ToProto()));
        result.ErrorGroups.AddRange(progress.ErrorCounts.Select(ToProto));
        result.Retrying.AddRange((progress.Retrying ?? []).Select(ToProto));
        return result;
    }

    /// <summary>The model's status of that name, or null when there is none.</summary>
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
