using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Explore;

/// <summary><c>/api/tasks/{id}/rows</c>, <c>/profile</c> and <c>/sql</c>: questions about the records of a task, also
/// while they are made.</summary>
internal static class ExploreApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapExploreApi(this RouteGroupBuilder tasks)
    {
        tasks
            .MapGet("/{id}/rows", RowsAsync)
            .WithTags("explore")
            .WithSummary("Read rows")
            .WithDescription(
                "A page of the good records, filtered, searched and sorted. "
                    + "Also while they are made: the answer is at most a second old, as asOf says. columns are the records' members in the order in which they were first seen; "
                    + "a type is integer, number, boolean, text, or json for objects, arrays and mixed values, and empty while a member was null everywhere."
            )
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
        tasks
            .MapGet("/{id}/profile", ProfileAsync)
            .WithTags("explore")
            .WithSummary("Profile the columns")
            .WithDescription(
                "What is in each column: how full, how many different values, the most frequent, how numbers lie. "
                    + "Of the records that filter and q leave, all without them. samplers compares what a definition asked for with what is there; "
                    + "duplicates counts the records that equal one before them."
            )
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
        tasks
            .MapPost("/{id}/sql", QueryAsync)
            .WithTags("explore")
            .WithSummary("Query with SQL")
            .WithDescription(
                "Answers one SELECT over the table records, in DuckDB's dialect. "
                    + "Its columns are the records' members and _index. It reads this dataset and nothing else, for a bounded time and answer; truncated says that there is more. "
                    + "A mistake is 400 with DuckDB's words."
            )
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(429);
        return tasks;
    }

    private static async Task<Ok<RowsResponse>> RowsAsync(
        [Description(TaskParameters.Id)] string id,
        [Range(0, int.MaxValue), Description("How many records to skip. Left out: none.")] int? offset,
        [Range(1, 1000), Description("Records per page, 1 to 1000. Left out: 100.")] int? limit,
        [Description(ViewParameters.Filter)] string[]? filter,
        [Description(ViewParameters.Text)] string? q,
        [Description(ViewParameters.Sort)] string[]? sort,
        [Description(ViewParameters.Partial)] bool? partial,
        [Description(TaskParameters.Owner)] string? owner,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    )
    {
        var request = new RowsRequest
        {
            View = ViewParameters.Read(id, owner, filter, q, sort, partial),
            Offset = offset ?? 0,
            Limit = limit ?? 0,
        };
        return TypedResults.Ok((await explorer.RowsAsync(request, cancellationToken: cancellationToken)).ToResponse());
    }

    private static async Task<Ok<ProfileResponse>> ProfileAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(ViewParameters.Filter)] string[]? filter,
        [Description(ViewParameters.Text)] string? q,
        [Description(ViewParameters.Partial)] bool? partial,
        [Description(TaskParameters.Owner)] string? owner,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    )
    {
        var request = new ProfileRequest { View = ViewParameters.Read(id, owner, filter, q, sort: null, partial) };
        return TypedResults.Ok(
            (await explorer.ProfileAsync(request, cancellationToken: cancellationToken)).ToResponse()
        );
    }

    private static async Task<Ok<QueryResponse>> QueryAsync(
        [Description(TaskParameters.Id)] string id,
        NewQuery body,
        [Description(TaskParameters.Owner)] string? owner,
        ExplorerClient explorer,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(body.Query))
        {
            throw new FailureException(Failure.Field("query", "One SELECT over the table records."));
        }

        var request = new QueryRequest
        {
            Id = id,
            Owner = owner ?? "",
            Sql = body.Query,
            Limit = body.Limit ?? 0,
        };
        return TypedResults.Ok((await explorer.QueryAsync(request, cancellationToken: cancellationToken)).ToResponse());
    }
}
