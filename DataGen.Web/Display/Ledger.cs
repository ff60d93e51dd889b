namespace DataGen.Web.Display;

/// <summary>How many records of a task are in which state. The four numbers always add up to the count asked for;
/// <c>js/progress.js</c> counts the same way.</summary>
/// <param name="Good">Stored and good.</param>
/// <param name="Failed">Stored as failed.</param>
/// <param name="InFlight">Being worked on, or on their way to the store.</param>
/// <param name="Waiting">Not begun; in a task that has ended, never made.</param>
internal sealed record Ledger(int Good, int Failed, int InFlight, int Waiting)
{
    internal static Ledger Of(TaskDetail detail)
    {
        var task = detail.Task;
        var open = task.Spec.Count - task.Completed;
        var isLive = task.Status is GenerationTaskStatus.Queued or GenerationTaskStatus.Running;
        var inFlight = isLive ? Math.Min(detail.InFlight.Count, open) : 0;
        return new Ledger(task.Completed - task.Failures, task.Failures, inFlight, open - inFlight);
    }
}
