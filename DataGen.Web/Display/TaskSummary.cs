namespace DataGen.Web.Display;

/// <summary>One task as the list and the head of its page show it.</summary>
internal sealed class TaskSummary(GenerationTask task)
{
    /// <summary>The task that the row template is rendered from; the script fills in the values.</summary>
    internal static TaskSummary Blank { get; } =
        new(
            new GenerationTask
            {
                Status = GenerationTaskStatus.Queued,
                Spec = new GenerationSpec { Count = 1 },
            }
        );

    internal string Id => task.Id;

    internal string Title => task.Title;

    internal string Prompt => task.Spec.Prompt;

    internal int Count => task.Spec.Count;

    internal int Completed => task.Completed;

    internal int Failures => task.Failures;

    internal int Good => Completed - Failures;

    internal DateTime? CreatedAt { get; } = task.CreatedAt?.ToDateTime();

    internal DateTime? StartedAt { get; } = task.StartedAt?.ToDateTime();

    internal DateTime? FinishedAt { get; } = task.FinishedAt?.ToDateTime();

    /// <summary>The status by its REST name.</summary>
    internal string Status => task.Status.ToString().ToLowerInvariant();

    internal bool IsLive => task.Status is GenerationTaskStatus.Queued or GenerationTaskStatus.Running;

    /// <summary>Why the task failed, or why it makes no progress; empty otherwise.</summary>
    internal string Note => task.FailureReason.Length > 0 ? task.FailureReason : task.WaitingReason;

    /// <summary>The part of the query that asks for a partial export; empty for a task that has ended.</summary>
    internal string Partial => IsLive ? "&partial=true" : "";

    /// <summary>Whether the title is the start of the prompt, as it is when no title was given.</summary>
    internal bool IsNamedByPrompt => Prompt.StartsWith(Title.TrimEnd('…', '.', ' '), StringComparison.Ordinal);

    /// <summary>The heading in the list: the prompt, if the title was taken from it.</summary>
    internal string Heading => PlainText.Of(IsNamedByPrompt ? Prompt : Title, keepsLines: true);

    internal long TokensIn => task.Tokens?.Input ?? 0;

    internal long TokensOut => task.Tokens?.Output ?? 0;

    internal long DataBytes => task.DataBytes;

    /// <summary>The rate and the time left, or the time it took; empty when neither is known.</summary>
    internal string Pace =>
        IsLive
            ? task.RecordsPerSecond > 0
                ? $"{Figures.Rate(task.RecordsPerSecond)} · {Figures.TimeLeft((Count - Completed) / task.RecordsPerSecond)} left"
                : ""
            : FinishedAt - StartedAt is { } took
                ? $"took {Figures.Span(took)}"
                : "";

    /// <summary>Records a retry would make: the failed and the missing ones of a task that has ended.</summary>
    internal int Retryable => IsLive ? 0 : Count - Good;

    /// <summary>The label of the retry button.</summary>
    internal string RetryLabel =>
        Completed < Count
            ? $"Make the remaining {Figures.Number(Retryable)}"
            : $"Retry {Figures.Number(Retryable)} failed";

    internal static TaskSummary Of(GenerationTask task) => new(task);
}
