using System.Text.Json;
using DataGen.Contracts;
using Google.Protobuf.Collections;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>Maps the messages of tasks.proto to the responses of the API.</summary>
internal static class TaskMapping
{
    /// <summary>A task without its records in flight.</summary>
    public static TaskResponse ToResponse(this GenerationTask task) =>
        new()
        {
            Id = task.Id,
            Owner = task.Owner,
            Title = task.Title,
            Prompt = task.Spec.Prompt,
            Count = task.Spec.Count,
            Temperature = task.Spec.HasTemperature ? task.Spec.Temperature : null,
            MaxTokens = task.Spec.HasMaxTokens ? task.Spec.MaxTokens : null,
            Concurrency = task.Spec.HasConcurrency ? task.Spec.Concurrency : null,
            CreatedAt = task.CreatedAt.ToDateTime(),
            StartedAt = task.StartedAt?.ToDateTime(),
            FinishedAt = task.FinishedAt?.ToDateTime(),
            Status = TaskStatusNames.NameOf(task.Status),
            Completed = task.Completed,
            Failures = task.Failures,
            Tokens = new TokensResponse(task.Tokens?.Input ?? 0, task.Tokens?.Output ?? 0),
            RecordsPerSecond = task.RecordsPerSecond,
            DataBytes = task.DataBytes,
            WaitingReason = NullIfEmpty(task.WaitingReason),
            FailureReason = NullIfEmpty(task.FailureReason),
            ResponseFormat = NullIfEmpty(task.ResponseFormat),
            Spent = new SpentResponse(
                task.Calls,
                (task.Spent?.Input ?? 0) + (task.Spent?.Output ?? 0),
                task.HasCost ? task.Cost : null
            ),
            Rejected = task.Rejected.ToResponse(),
            StoppedBy = NullIfEmpty(task.StoppedBy),
        };

    /// <summary>Rejections; null when there were none.</summary>
    public static RejectedResponse? ToResponse(this Rejections? rejected) =>
        rejected is { Total: > 0 }
            ? new RejectedResponse(rejected.Invalid, rejected.Rule, rejected.Duplicate, rejected.Near)
            : null;

    /// <summary>A task with the details that its page shows first.</summary>
    public static TaskResponse ToResponse(this TaskDetail detail) =>
        detail.Task.ToResponse() with
        {
            Budget = Budget(detail.Task.Spec),
            Curated = detail.Curated is { } curated
                ? new CuratedResponse(curated.Edited, curated.Removed, curated.Liked)
                : null,
            InFlight = InFlight(detail.InFlight),
            Errors = [.. detail.Errors.Select(error => new RecordErrorResponse(error.Index, error.Message))],
            ErrorGroups = ErrorGroups(detail.ErrorGroups),
            History = [.. detail.History.Select(Point)],
        };

    /// <summary>A task at one moment.</summary>
    public static TaskResponse ToResponse(this TaskProgress progress) =>
        progress.Task.ToResponse() with
        {
            InFlight = InFlight(progress.InFlight),
            InFlightCount = progress.InFlightCount,
            Good = progress.Cells is null ? Ranges(progress.Good) : null,
            Failed = progress.Cells is null ? Ranges(progress.Failed) : null,
            Cells = progress.Cells is { } cells ? new CellsResponse(cells.Size, cells.Good, cells.Failed) : null,
            ErrorGroups = ErrorGroups(progress.ErrorGroups),
            Retrying = progress.Retrying.Count > 0 ? ErrorGroups(progress.Retrying) : null,
            Point = progress.NewestPoint is { } point ? Point(point) : null,
        };

    /// <summary>A record that ended.</summary>
    public static RecordResponse ToResponse(this GeneratedRecord record) =>
        new(
            record.Index,
            record.HasData,
            record.Attempts,
            record.DurationMs,
            record.HasData ? new RawJson(record.Data.Memory) : null,
            record.HasData ? null : record.Error,
            record.Tokens is { } tokens && (tokens.Input > 0 || tokens.Output > 0)
                ? new TokensResponse(tokens.Input, tokens.Output)
                : null,
            NullIfEmpty(record.Answer),
            record.Curation?.IsEdited,
            record.Curation?.IsRemoved,
            record.Curation?.IsLiked
        );

    /// <summary>Whether the task has ended for good.</summary>
    public static bool HasEnded(this GenerationTask task) =>
        task.Status is GenerationTaskStatus.Succeeded or GenerationTaskStatus.Failed or GenerationTaskStatus.Cancelled;

    private static IReadOnlyList<InFlightResponse> InFlight(RepeatedField<InFlightRecord> records) =>
        [
            .. records.Select(record => new InFlightResponse(
                record.Index,
                record.Attempt,
                StateName(record.State),
                record.StartedAt?.ToDateTime()
            )),
        ];

    private static IReadOnlyList<int[]> Ranges(RepeatedField<IndexRange> ranges) =>
        [.. ranges.Select(range => new[] { range.First, range.Last })];

    private static IReadOnlyList<ErrorGroupResponse> ErrorGroups(RepeatedField<ErrorGroup> groups) =>
        [.. groups.Select(group => new ErrorGroupResponse(group.Message, group.Count, group.FirstIndex))];

    private static HistoryPointResponse Point(HistoryPoint point) =>
        new(point.At.ToDateTime(), point.Completed, point.Failures, point.LatencyP50Ms, point.LatencyP95Ms);

    private static string StateName(InFlightState state) =>
        state switch
        {
            InFlightState.Calling => "calling",
            InFlightState.Retrying => "retrying",
            InFlightState.Storing => "storing",
            _ => throw new InvalidOperationException($"Tasks sent the state {state}, which the API has no word for."),
        };

    private static TaskBudget? Budget(GenerationSpec spec)
    {
        using var definition = JsonDocument.Parse(spec.Sampling.Length > 0 ? spec.Sampling : "{}");
        return definition.RootElement.TryGetProperty("budget"u8, out var budget)
            ? budget.Deserialize(TaskBudgetJson.Default.TaskBudget)
            : null;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
