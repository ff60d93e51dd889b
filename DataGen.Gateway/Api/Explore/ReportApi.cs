using System.ComponentModel;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace DataGen.Gateway.Api.Explore;

/// <summary><c>/api/tasks/{id}/report</c> and <c>/card</c>: reports on a dataset.</summary>
internal static class ReportApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapReportApi(this RouteGroupBuilder tasks)
    {
        tasks
            .MapGet("/{id}/report", ReportAsync)
            .WithTags("explore")
            .WithSummary("Read the report")
            .WithDescription(
                "A report on the dataset: what was asked for, what it took, what is in it. "
                    + "In figures. A browser, which asks for text/html, is sent to the page of the report, which prints."
            )
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
        tasks
            .MapGet("/{id}/card", CardAsync)
            .WithTags("explore")
            .WithSummary("Read the dataset card")
            .WithDescription(
                "A dataset card: Markdown with the YAML head that Hugging Face reads. "
                    + "Says how the records were made, what is in their columns, what it took, and the SHA-256 of the JSON Lines export."
            )
            .Produces<string>(contentType: "text/markdown")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
        return tasks;
    }

    private static async Task<Results<Ok<ReportResponse>, RedirectHttpResult>> ReportAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        ExplorerClient explorer,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html"))
        {
            var page = $"/tasks/{Uri.EscapeDataString(id)}/report";
            return TypedResults.LocalRedirect(owner is null ? page : $"{page}{QueryString.Create("owner", owner)}");
        }

        var (task, profile) = await DatasetReport.ReadAsync(id, owner, tasks, explorer, cancellationToken);
        return TypedResults.Ok(new ReportResponse(task.ToResponse(), profile.ToResponse()));
    }

    private static async Task<ContentHttpResult> CardAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Text(
            await DatasetCard.WriteAsync(id, owner, tasks, explorer, cancellationToken),
            new MediaTypeHeaderValue("text/markdown") { Charset = "utf-8" }.ToString()
        );
}
