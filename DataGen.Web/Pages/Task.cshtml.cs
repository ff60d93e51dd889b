using DataGen.Web.Display;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>One task: its progress, records, failures and commands.</summary>
internal sealed class TaskModel(TasksClient tasks, TimeProvider clock) : PageModel
{
    internal GenerationTask Data { get; private set; } = new();

    /// <summary>How many records people have changed; null: none.</summary>
    internal CurationCounts? Curated { get; private set; }

    internal TaskSummary Summary { get; private set; } = TaskSummary.Blank;

    internal Ledger Ledger { get; private set; } = new(0, 0, 0, 0);

    internal RecordTable Records { get; private set; } = new([], []);

    internal IReadOnlyList<ErrorGroup> Failures { get; private set; } = [];

    /// <summary>Whether the page asks before it deletes the task; used when there is no script.</summary>
    internal bool AsksToDelete { get; private set; }

    /// <summary>The tab that the page opens on: the records of a finished dataset, else its progress.</summary>
    internal string Tab =>
        Summary.IsLive ? "progress"
        : Summary.Good > 0 ? "data"
        : Summary.Failures > 0 ? "errors"
        : "progress";

    /// <summary>From the first call to the end, or to now.</summary>
    internal TimeSpan? Elapsed =>
        Summary.StartedAt is { } start ? (Summary.FinishedAt ?? clock.GetUtcNow().UtcDateTime) - start : null;

    /// <summary>The present rate, or the mean rate of a task that has ended.</summary>
    internal double? Rate =>
        Summary.IsLive ? (Data.RecordsPerSecond > 0 ? Data.RecordsPerSecond : null)
        : Summary.Completed > 0 && Elapsed is { TotalSeconds: > 0 } elapsed ? Summary.Completed / elapsed.TotalSeconds
        : null;

    /// <summary>Whether records failed because their answers were cut off; failures.js has the same check.</summary>
    internal bool WasCutOff =>
        Failures.Any(group => group.Message.StartsWith(RecordProblems.CutOff, StringComparison.Ordinal));

    internal IReadOnlyList<UseSnippet> Uses => UseSnippet.Of(Summary, $"{Request.Scheme}://{Request.Host}");

    internal string Curl => CurlCommand.For(Data, $"{Request.Scheme}://{Request.Host}");

    public async Task OnGetAsync(string id, string? ask, CancellationToken cancellationToken)
    {
        var asked = tasks.GetAsync(new TaskReference { Id = id }, cancellationToken: cancellationToken).ResponseAsync;
        var newest = tasks
            .ListRecordsAsync(
                new ListRecordsRequest
                {
                    Id = id,
                    Limit = RecordTable.MaxRows,
                    Order = RecordOrder.Newest,
                },
                cancellationToken: cancellationToken
            )
            .ResponseAsync;
        await Task.WhenAll(asked, newest);
        var detail = await asked;
        Data = detail.Task;
        Curated = detail.Curated;
        Summary = TaskSummary.Of(Data);
        Ledger = Ledger.Of(detail);
        Failures = detail.ErrorGroups;
        Records = RecordTable.Of((await newest).Items);
        AsksToDelete = ask == "delete";
    }

    public async Task<IActionResult> OnPostCancelAsync(string id, CancellationToken cancellationToken)
    {
        await tasks.CancelAsync(new TaskReference { Id = id }, cancellationToken: cancellationToken);
        return RedirectToPage("Task", new { id });
    }

    public async Task<IActionResult> OnPostRetryAsync(
        string id,
        int? maxTokens,
        long? calls,
        CancellationToken cancellationToken
    )
    {
        if (calls is { } bound)
        {
            await tasks.SetBudgetAsync(
                new SetBudgetRequest { Id = id, Calls = bound },
                cancellationToken: cancellationToken
            );
        }

        var request = new RetryTaskRequest { Id = id };
        if (maxTokens is { } tokens)
        {
            request.MaxTokens = tokens;
        }

        await tasks.RetryAsync(request, cancellationToken: cancellationToken);
        return RedirectToPage("Task", new { id });
    }

    public async Task<IActionResult> OnPostDeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await tasks.DeleteAsync(new TaskReference { Id = id }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (ServiceFailure.Of(exception).IsNotFound)
        {
            // The task no longer exists, as intended.
        }

        return RedirectToPage("Index", new { deleted = id });
    }
}
