namespace DataGen.Web.Display;

/// <summary>One task as the list and the head of its page show it.</summary>
internal sealed record TaskSummary(
    string Id,
    string Title,
    string Prompt,
    TaskStatus State,
    int Count,
    int Completed,
    int Failures,
    DateTime? CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt,
    string Note)
{
    /// <summary>What the row template is rendered from; the script fills it.</summary>
    internal static TaskSummary Blank { get; } = new("", "", "", TaskStatus.Queued, 1, 0, 0, null, null, null, "");

    /// <summary>The status by its REST name.</summary>
    internal string Status => State.ToString().ToLowerInvariant();

    internal int Good => Completed - Failures;

    internal bool IsLive => State is TaskStatus.Queued or TaskStatus.Running;

    /// <summary>The query that says an export may end where the task stands now.</summary>
    internal string Partial => IsLive ? "&partial=true" : "";

    /// <summary>Whether the title only repeats how the prompt begins, as it does when none was given.</summary>
    internal bool IsNamedByPrompt => Prompt.StartsWith(Title.TrimEnd('…', '.', ' '), StringComparison.Ordinal);

    /// <summary>What the list calls it: the prompt says more than a title cut from it.</summary>
    internal string Heading => IsNamedByPrompt ? Prompt : Title;

    internal static TaskSummary Of(DataTask task) => new(
        task.Id,
        task.Title,
        task.Prompt,
        task.Status,
        task.Count,
        task.Completed,
        task.Failures,
        task.CreatedAt?.ToDateTime(),
        task.StartedAt?.ToDateTime(),
        task.FinishedAt?.ToDateTime(),
        task.FailureReason.Length > 0 ? task.FailureReason : task.WaitingReason);
}
