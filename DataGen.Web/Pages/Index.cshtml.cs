using System.Globalization;
using DataGen.Web.Display;
using DataGen.Web.Forms;
using DataGen.Web.Gallery;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The dashboard: the form for a new task, the metrics, the caller's tasks.</summary>
internal sealed class IndexModel(TasksClient tasks) : PageModel
{
    internal const int PageSize = 20;
    private const int MostExamples = 10;

    [BindProperty]
    public NewTask NewTask { get; set; } = new();

    /// <summary>The cursor of the list; empty: it begins with the newest task.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    /// <summary>What the list is sorted by; empty: newest first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>The id of a task that was deleted on its own page, which redirected here.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Deleted { get; set; }

    internal ListFilter Filter => ListFilter.Of(Status, Text, Sort);

    /// <summary>The tasks of this page; null while Tasks cannot be reached.</summary>
    internal IReadOnlyList<TaskSummary>? Summaries { get; private set; }

    internal string NextCursor { get; private set; } = "";

    /// <summary>How many tasks match the filter, on all pages together.</summary>
    internal int Total { get; private set; }

    /// <summary>The counters; null while Tasks cannot be reached.</summary>
    internal Metrics? Metrics { get; private set; }

    /// <summary>Whether the form is shown again with its errors.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>What the form was filled from, <c>example:tickets</c>, <c>definition:bank</c> or <c>task:0199…</c>;
    /// null: it is empty. The draft is kept under this name.</summary>
    internal string? FilledFrom { get; private set; }

    /// <summary>The task that the form was filled from; null: none, or it no longer exists.</summary>
    internal TaskSummary? Original { get; private set; }

    internal bool IsOriginalGone { get; private set; }

    /// <summary>The task to delete once the user confirms.</summary>
    internal TaskSummary? Doomed { get; private set; }

    /// <summary>Whether <see cref="Deleted"/> no longer exists.</summary>
    internal bool IsDeleted { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string? example,
        string? definition,
        string? from,
        bool? liked,
        string? delete,
        CancellationToken cancellationToken
    )
    {
        NewTask = new NewTask { Count = ExamplePrompt.First.Count };
        if (ExamplePrompt.All.FirstOrDefault(candidate => candidate.Key == example) is { } chosen)
        {
            FilledFrom = $"example:{chosen.Key}";
            NewTask = new NewTask { Prompt = chosen.Prompt, Count = chosen.Count };
        }
        else if (GalleryExample.All.FirstOrDefault(candidate => candidate.Key == definition) is { } whole)
        {
            FilledFrom = $"definition:{whole.Key}";
            NewTask = whole.ToNewTask();
        }
        else if (!string.IsNullOrEmpty(from))
        {
            await FillFromAsync(from, liked == true, cancellationToken);
        }

        if (!string.IsNullOrEmpty(delete))
        {
            Doomed = await FindAsync(delete, cancellationToken) is { } task ? TaskSummary.Of(task) : null;
        }

        return await ShowAsync(StatusCodes.Status200OK, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return await RefuseAsync(StatusCodes.Status400BadRequest, cancellationToken);
        }

        try
        {
            var created = await tasks.CreateAsync(NewTask.ToRequest(), cancellationToken: cancellationToken);
            return RedirectToPage("Task", new { id = created.Task.Id });
        }
        catch (RpcException exception)
            when (ModelState.AddFailure(nameof(NewTask), ServiceFailure.Of(exception)) is { } status)
        {
            return await RefuseAsync(status, cancellationToken);
        }
    }

    /// <summary>Handles the buttons of a row; each sends the id of its task.</summary>
    public async Task<IActionResult> OnPostRowAsync(
        string? cancel,
        string? retry,
        string? delete,
        CancellationToken cancellationToken
    )
    {
        if (!string.IsNullOrEmpty(cancel))
        {
            await tasks.CancelAsync(new TaskReference { Id = cancel }, cancellationToken: cancellationToken);
        }

        if (!string.IsNullOrEmpty(retry))
        {
            await tasks.RetryAsync(new RetryTaskRequest { Id = retry }, cancellationToken: cancellationToken);
        }

        if (!string.IsNullOrEmpty(delete))
        {
            await DeleteAsync(delete, cancellationToken);
        }

        return LocalRedirect(Filter.Address(Cursor ?? ""));
    }

    private async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await tasks.DeleteAsync(new TaskReference { Id = id }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (ServiceFailure.Of(exception).IsNotFound)
        {
            // The task no longer exists, as intended.
        }
    }

    private Task<IActionResult> RefuseAsync(int status, CancellationToken cancellationToken)
    {
        IsRefused = true;
        return ShowAsync(status, cancellationToken);
    }

    private async Task FillFromAsync(string id, bool liked, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is { } task)
        {
            FilledFrom = liked ? $"liked:{task.Id}" : $"task:{task.Id}";
            Original = TaskSummary.Of(task);
            NewTask = NewTask.Like(task, liked ? await LikedAsync(id, cancellationToken) : []);
        }
        else
        {
            IsOriginalGone = true;
        }
    }

    // The records that are to be examples of what is wanted.
    private async Task<IEnumerable<string>> LikedAsync(string id, CancellationToken cancellationToken)
    {
        var liked = await tasks.ListRecordsAsync(
            new ListRecordsRequest
            {
                Id = id,
                Liked = true,
                Limit = MostExamples,
            },
            cancellationToken: cancellationToken
        );
        return liked.Items.Select(record => record.Data.ToStringUtf8());
    }

    /// <summary>The task with its whole prompt; null when the caller has no such task.</summary>
    private async Task<GenerationTask?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return (await tasks.GetAsync(new TaskReference { Id = id }, cancellationToken: cancellationToken)).Task;
        }
        catch (RpcException exception) when (ServiceFailure.Of(exception).IsNotFound)
        {
            return null;
        }
    }

    private async Task<IActionResult> ShowAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        try
        {
            var filter = Filter;
            var list = tasks
                .ListAsync(
                    new ListTasksRequest
                    {
                        Limit = PageSize,
                        Cursor = Cursor ?? "",
                        Statuses = { filter.Statuses },
                        Text = filter.Text,
                        Failures = filter.Failures,
                        Sort = filter.Sort,
                    },
                    cancellationToken: cancellationToken
                )
                .ResponseAsync;
            var metrics = tasks.GetMetricsAsync(new Empty(), cancellationToken: cancellationToken).ResponseAsync;
            await Task.WhenAll(list, metrics);
            Summaries = [.. (await list).Tasks.Select(TaskSummary.Of)];
            NextCursor = (await list).NextCursor;
            Total = (await list).Total;
            Metrics = await metrics;
            IsDeleted = !string.IsNullOrEmpty(Deleted) && await FindAsync(Deleted, cancellationToken) is null;
        }
        catch (RpcException exception) when (ServiceFailure.Of(exception) is { IsUnavailable: true } failure)
        {
            // The form is still shown, so that nothing typed is lost; the script retries until Tasks is back.
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = failure.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Page();
    }
}
