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

    internal bool IsLive => task.Status.IsLive();

    /// <summary>Why the task failed or was stopped, or why it makes no progress; empty otherwise. progress.js uses the
    /// same words.</summary>
    internal string Note =>
        task.StoppedBy switch
        {
            "budget" => "Stopped: its budget is used up. With a higher one it goes on.",
            "deadline" => "Stopped: its time was over. With a later one it goes on.",
            "stall" =>
                "Stopped: of the last answers fewer than one in a hundred was taken. Look at what was rejected and why before it goes on.",
            _ => task.FailureReason.Length > 0 ? task.FailureReason : task.WaitingReason,
        };

    /// <summary>Calls made.</summary>
    internal long Calls => task.Calls;

    /// <summary>Answers that were rejected.</summary>
    internal int Rejected => task.Rejected?.Total ?? 0;

    /// <summary>The rejections by kind, in words; progress.js uses the same words.</summary>
    internal string RejectedKinds =>
        string.Join(
            ", ",
            new (int? Count, string Kind)[]
            {
                (task.Rejected?.Invalid, "not valid"),
                (task.Rejected?.Rule, "against a rule"),
                (task.Rejected?.Duplicate, "repeated"),
                (task.Rejected?.Near, "nearly repeated"),
            }
                .Where(kind => kind.Count > 0)
                .Select(kind => $"{Figures.Number(kind.Count!.Value)} {kind.Kind}")
        );

    /// <summary>Whether the task stopped by itself, not by a user.</summary>
    internal bool IsStopped => task.StoppedBy.Length > 0;

    /// <summary>Whether the task can go on with a higher bound of calls.</summary>
    internal bool IsOutOfCalls => task.StoppedBy == "budget";

    /// <summary>The part of the query that asks for a partial export; empty for a task that has ended.</summary>
    internal string Partial => IsLive ? "&partial=true" : "";

    /// <summary>Whether the title is the start of the prompt, as it is when no title was given.</summary>
    internal bool IsNamedByPrompt => Prompt.StartsWith(Title.TrimEnd('…', '.', ' '), StringComparison.Ordinal);

    /// <summary>The heading in the list: the prompt, if the title was taken from it.</summary>
    internal string Heading => PlainText.Of(IsNamedByPrompt ? Prompt : Title, keepsLines: true);

    internal long TokensIn => task.Tokens?.Input ?? 0;

    internal long TokensOut => task.Tokens?.Output ?? 0;

    /// <summary>What the tokens of all calls cost; null where the operator has set no prices.</summary>
    internal double? Cost => task.HasCost ? task.Cost : null;

    internal long DataBytes => task.DataBytes;

    /// <summary>The time left while it runs; empty when it is not known.</summary>
    internal string TimeLeft =>
        IsLive && task.RecordsPerSecond > 0
            ? $"{Figures.TimeLeft((Count - Completed) / task.RecordsPerSecond)} left"
            : "";

    /// <summary>Records a retry would make: the failed and the missing ones of a task that has ended.</summary>
    internal int Retryable => IsLive ? 0 : Count - Good;

    /// <summary>The label of the retry button.</summary>
    internal string RetryLabel =>
        Completed < Count ? $"Resume ({Figures.Number(Retryable)} left)" : $"Retry {Figures.Number(Retryable)} failed";

    /// <summary>How many records people have changed, in words; format.js uses the same words.</summary>
    internal static string Words(CurationCounts curated) =>
        string.Join(
            " · ",
            new (int Count, string What)[]
            {
                (curated.Edited, "changed"),
                (curated.Removed, "left out"),
                (curated.Liked, "liked"),
            }
                .Where(part => part.Count > 0)
                .Select(part => $"{Figures.Number(part.Count)} {part.What}")
        );

    internal static TaskSummary Of(GenerationTask task) => new(task);
}
