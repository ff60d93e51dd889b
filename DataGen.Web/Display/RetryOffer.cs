namespace DataGen.Web.Display;

/// <summary>What a retry of an ended task would make again; <c>js/acts.js</c> says it in the same words.</summary>
/// <param name="Failed">Records that failed.</param>
/// <param name="Missing">Records that were never made.</param>
internal sealed record RetryOffer(int Failed, int Missing)
{
    internal bool IsOpen => Failed + Missing > 0;

    internal string Label => Missing > 0 ? $"Make the remaining {Figures.Number(Failed + Missing)}" : $"Retry {Figures.Number(Failed)} failed";

    internal static RetryOffer Of(DataTask task) =>
        task.Status is TaskStatus.Queued or TaskStatus.Running ? new(0, 0) : new(task.Failures, task.Count - task.Completed);
}
