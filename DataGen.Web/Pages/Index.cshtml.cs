using System.Globalization;
using DataGen.Web.Client;
using DataGen.Web.Display;
using DataGen.Web.Forms;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DataGen.Web.Pages;

/// <summary>The dashboard: the form for a new task, the metrics, the caller's tasks.</summary>
internal sealed class IndexModel(CallerTasks tasks) : PageModel
{
    internal const int PageSize = 20;

    [BindProperty]
    public NewTask NewTask { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    /// <summary>The tasks of this page; null while Tasks cannot be reached.</summary>
    internal IReadOnlyList<TaskSummary>? Summaries { get; private set; }

    internal string NextCursor { get; private set; } = "";

    /// <summary>The counters; null while Tasks cannot be reached.</summary>
    internal Metrics? Metrics { get; private set; }

    /// <summary>The form comes back with what was typed and why it was not taken.</summary>
    internal bool IsRefused { get; private set; }

    internal bool IsExample { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? example, CancellationToken cancellationToken)
    {
        var chosen = ExamplePrompt.All.FirstOrDefault(candidate => candidate.Key == example);
        IsExample = chosen is not null;
        NewTask = new NewTask { Prompt = chosen?.Prompt, Count = 20 };
        return await ShowAsync(StatusCodes.Status200OK, cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return await RefuseAsync(StatusCodes.Status400BadRequest, cancellationToken);

        try
        {
            var created = await tasks.CreateAsync(NewTask.ToRequest(), cancellationToken);
            return RedirectToPage("Task", new { id = created.Task.Id });
        }
        catch (RpcException fault) when (ModelState.AddFault(nameof(NewTask), fault) is { } status)
        {
            return await RefuseAsync(status, cancellationToken);
        }
    }

    private Task<IActionResult> RefuseAsync(int status, CancellationToken cancellationToken)
    {
        IsRefused = true;
        return ShowAsync(status, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        try
        {
            var list = tasks.ListAsync(PageSize, Cursor ?? "", cancellationToken);
            var metrics = tasks.GetMetricsAsync(cancellationToken);
            await Task.WhenAll(list, metrics);
            Summaries = [.. (await list).Tasks.Select(TaskSummary.Of)];
            NextCursor = (await list).NextCursor;
            Metrics = await metrics;
        }
        catch (RpcException fault) when (fault.IsAway())
        {
            // The form stays, so that nothing typed is lost; the script asks again until Tasks is back.
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = fault.RetryAfter().TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Page();
    }
}
