using DataGen.Tasks.Model;
using DataGen.Tasks.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = DataGen.Tasks.V1;

namespace DataGen.Tasks.Api;

/// <summary>From the model to the messages of tasks.proto.</summary>
internal static class TaskMapping
{
    public static Proto.Task ToProto(this TaskSnapshot task)
    {
        var definition = task.Definition;
        var result = new Proto.Task
        {
            Id = definition.Id,
            Owner = definition.Owner,
            Title = definition.Title,
            Prompt = definition.Prompt,
            Count = definition.Count,
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
        };
        if (definition.Temperature is { } temperature)
        {
            result.Temperature = temperature;
        }

        if (definition.MaxTokens is { } maxTokens)
        {
            result.MaxTokens = maxTokens;
        }

        if (definition.Concurrency is { } concurrency)
        {
            result.Concurrency = concurrency;
        }

        return result;
    }

    public static Proto.TaskDetail ToProto(this Tasks.TaskDetail detail)
    {
        var result = new Proto.TaskDetail { Task = detail.Task.ToProto() };
        result.InFlight.AddRange(detail.InFlight.Select(ToProto));
        result.Errors.AddRange(
            detail.Errors.Select(error => new RecordError { Index = error.Index, Message = error.Message })
        );
        result.ErrorGroups.AddRange(detail.ErrorCounts.Select(ToProto));
        result.History.AddRange(detail.History.Select(ToProto));
        return result;
    }

    public static Proto.TaskProgress ToProto(this Tasks.TaskProgress progress)
    {
        var result = new Proto.TaskProgress
        {
            Version = progress.Version,
            Task = progress.Task.ToProto(),
            RecordsPerSecond = progress.Task.PerSecond,
            InFlightCount = progress.InFlightCount,
            Cells = progress.Cells?.ToProto(),
            NewestPoint = progress.NewestPoint?.ToProto(),
        };
        result.InFlight.AddRange(progress.InFlight.Select(ToProto));
        result.Good.AddRange(progress.Good.Select(ToProto));
        result.Failed.AddRange(progress.Failed.Select(ToProto));
        result.ErrorGroups.AddRange(progress.ErrorCounts.Select(ToProto));
        return result;
    }

    /// <summary>The status of the model, or null when there is none of that name.</summary>
    public static GenerationStatus? ToModel(this Proto.TaskStatus status) =>
        status switch
        {
            Proto.TaskStatus.Queued => GenerationStatus.Queued,
            Proto.TaskStatus.Running => GenerationStatus.Running,
            Proto.TaskStatus.Succeeded => GenerationStatus.Succeeded,
            Proto.TaskStatus.Failed => GenerationStatus.Failed,
            Proto.TaskStatus.Cancelled => GenerationStatus.Cancelled,
            _ => null,
        };

    public static Record ToProto(this StoredRecord record) =>
        new()
        {
            Index = record.Index,
            Ok = record.Ok,
            Data = record.Data is { } data ? UnsafeByteOperations.UnsafeWrap(data) : ByteString.Empty,
            Error = record.Error ?? "",
            Attempts = record.Attempts,
            Tokens = record.Tokens.ToProto(),
            DurationMs = record.DurationMs,
        };

    public static Proto.Metrics ToProto(this MetricsTotals totals) =>
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

    private static Proto.HistoryPoint ToProto(this Model.HistoryPoint point) =>
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

    private static Proto.IndexRange ToProto(this Model.IndexRange range) =>
        new() { First = range.First, Last = range.Last };

    private static Proto.InFlightRecord ToProto(this Shards.InFlightRecord record) =>
        new()
        {
            Index = record.Index,
            Attempt = record.Attempt,
            State = record.State switch
            {
                Shards.InFlightState.Calling => Proto.InFlightState.Calling,
                Shards.InFlightState.Retrying => Proto.InFlightState.Retrying,
                Shards.InFlightState.Storing => Proto.InFlightState.Storing,
                _ => throw new InvalidOperationException($"{record.State} has no counterpart."),
            },
            StartedAt = record.StartedAt.ToTimestamp(),
        };

    private static Proto.TaskStatus ToProto(this GenerationStatus status) =>
        status switch
        {
            GenerationStatus.Queued => Proto.TaskStatus.Queued,
            GenerationStatus.Running => Proto.TaskStatus.Running,
            GenerationStatus.Succeeded => Proto.TaskStatus.Succeeded,
            GenerationStatus.Failed => Proto.TaskStatus.Failed,
            GenerationStatus.Cancelled => Proto.TaskStatus.Cancelled,
            _ => throw new InvalidOperationException($"{status} has no counterpart."),
        };
}
