using DataGen.Web.Client;
using DataGen.Web.Display;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>One task: where it stands, its records, its failures.</summary>
internal sealed class TaskModel(CallerTasks tasks, TimeProvider clock) : PageModel
{
    internal DataTask Data { get; private set; } = new();

    internal TaskSummary Summary { get; private set; } = TaskSummary.Blank;

    internal RecordTable Records { get; private set; } = new([], []);

    internal IReadOnlyList<FailureGroup> Failures { get; private set; } = [];

    internal int ErrorsKnown { get; private set; }

    internal int InFlight { get; private set; }

    /// <summary>From the first call to the end, or to now.</summary>
    internal TimeSpan? Elapsed =>
        Summary.StartedAt is { } start ? (Summary.FinishedAt ?? clock.GetUtcNow().UtcDateTime) - start : null;

    /// <summary>The mean rate of a task that has ended; while it runs, the script has the present one.</summary>
    internal double? MeanRate =>
        Summary is { IsLive: false, Completed: > 0 } && Elapsed is { TotalSeconds: > 0 } elapsed ? Summary.Completed / elapsed.TotalSeconds : null;

    internal string Curl => CurlCommand.For(Data, $"{Request.Scheme}://{Request.Host}");

    public async Task OnGetAsync(string id, CancellationToken cancellationToken)
    {
        var detail = tasks.GetAsync(id, cancellationToken);
        var newest = tasks.ListNewestRecordsAsync(id, RecordTable.MaxRows, cancellationToken);
        await Task.WhenAll(detail, newest);
        Data = (await detail).Task;
        Summary = TaskSummary.Of(Data);
        InFlight = (await detail).InFlight.Count;
        ErrorsKnown = (await detail).Errors.Count;
        Failures = FailureGroup.Of((await detail).Errors);
        Records = RecordTable.Of((await newest).Items);
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        await tasks.CancelAsync(id, cancellationToken);
        return RedirectToPage("Task", new { id });
    }
}
