using DataGen.Tasks.Model;

namespace DataGen.Tasks.Users;

/// <summary>Which tasks of a list are wanted, and in which order.</summary>
/// <param name="Statuses">Only tasks with one of these statuses; empty: all.</param>
/// <param name="Text">Only tasks with this text in the title or the start of the prompt, ignoring case; empty:
/// all.</param>
/// <param name="Failures">Only tasks that failed, in whole or in part.</param>
/// <param name="Sort">The order; null, which the previous version sends: newest first.</param>
[GenerateSerializer, Immutable]
internal sealed record TaskFilter(
    [property: Id(0)] GenerationStatus[] Statuses,
    [property: Id(1)] string Text,
    [property: Id(2)] bool Failures = false,
    [property: Id(3)] TaskSort? Sort = null
)
{
    /// <summary>Whether the filter admits a task.</summary>
    public bool Admits(TaskSnapshot task) =>
        (Statuses.Length == 0 || Statuses.Contains(task.Status))
        && (!Failures || task.Status is GenerationStatus.Failed || task.Failures > 0)
        && (
            Text.Length == 0
            || task.Definition.Title.Contains(Text, StringComparison.InvariantCultureIgnoreCase)
            || task.Definition.Prompt.Contains(Text, StringComparison.InvariantCultureIgnoreCase)
        );
}
