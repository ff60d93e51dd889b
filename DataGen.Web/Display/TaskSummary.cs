namespace DataGen.Web.Display;

/// <summary>One task as the list and the head of its page show it.</summary>
internal sealed class TaskSummary(GenerationTask task)
{
    /// <summary>What the row template is rendered from; the script fills it.</summary>
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

    /// <summary>Why it failed, or why nothing moves; empty while all is well.</summary>
    internal string Note => task.FailureReason.Length > 0 ? task.FailureReason : task.WaitingReason;

    /// <summary>The query that says an export may end where the task stands now.</summary>
    internal string Partial => IsLive ? "&partial=true" : "";

    /// <summary>Whether the title only repeats how the prompt begins, as it does when none was given.</summary>
    internal bool IsNamedByPrompt => Prompt.StartsWith(Title.TrimEnd('…', '.', ' '), StringComparison.Ordinal);

    /// <summary>What the list calls it: the prompt says more than a title cut from it.</summary>
    internal string Heading => PlainText.Of(IsNamedByPrompt ? Prompt : Title, keepsLines: true);

    internal long TokensIn => task.Tokens?.Input ?? 0;

    internal long TokensOut => task.Tokens?.Output ?? 0;

    internal long DataBytes => task.DataBytes;

    /// <summary>How fast it goes and how long the rest takes, or how long it took; empty when neither can be
    /// said.</summary>
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

    /// <summary>What the button for that says.</summary>
    internal string RetryLabel =>
        Completed < Count
            ? $"Make the remaining {Figures.Number(Retryable)}"
            : $"Retry {Figures.Number(Retryable)} failed";

    internal static TaskSummary Of(GenerationTask task) => new(task);
}
