using System.ComponentModel;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Gateway.Problems;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Tasks;

/// <summary><c>/api/tasks/{id}/records/{index}</c>: changes of one record by people. The generated record is kept and
/// can be restored.</summary>
internal static class CurationApi
{
    private const string Index = "The record's index in its task.";

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapCurationApi(this RouteGroupBuilder tasks)
    {
        var record = tasks.MapGroup("/{id}/records/{index:int}").WithTags("curate").ProducesProblem(404);
        record
            .MapPatch("", EditAsync)
            .WithSummary("Edit a record")
            .WithDescription(
                "Puts another record in the place of one that was generated. "
                    + "data is the whole record, valid under the task's schema and rules; drawn values may be others. It is marked as edited, and restore gives back what was generated. "
                    + "Whether it repeats another record is not looked at: the profile counts that."
            )
            .ProducesValidationProblem();
        record
            .MapDelete("", RemoveAsync)
            .WithSummary("Leave a record out")
            .WithDescription("Leaves a record out of the dataset; restore puts it back.")
            .ProducesValidationProblem();
        record
            .MapPost("/regenerate", RegenerateAsync)
            .WithSummary("Make a record again")
            .WithDescription(
                "Has the model make the record once more, with the same drawn values. "
                    + "502 when no good record came of it; nothing is changed then. Counts as a creation for the limit of tasks a minute."
            )
            .ProducesValidationProblem()
            .ProducesProblem(429)
            .ProducesProblem(502);
        record
            .MapPost("/restore", RestoreAsync)
            .WithSummary("Restore a record")
            .WithDescription("Gives back the record as it was generated; a like stays.")
            .ProducesValidationProblem();
        record
            .MapPut("/feedback", LikeAsync)
            .WithSummary("Like a record")
            .WithDescription("Likes a record, or no longer: those that are liked can be examples for more.")
            .ProducesValidationProblem();
        return tasks;
    }

    private static Task<Ok<RecordResponse>> EditAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(Index)] int index,
        NewRecord body,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    ) =>
        body.Data is { ValueKind: JsonValueKind.Object } data
            ? ChangeAsync(
                new CurateRequest { Data = ByteString.CopyFromUtf8(data.GetRawText()) },
                id,
                index,
                owner,
                tasks,
                cancellationToken
            )
            : throw new FailureException(Failure.Field("data", "Has to be a JSON object."));

    private static async Task<NoContent> RemoveAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(Index)] int index,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        await ChangeAsync(new CurateRequest { Removed = true }, id, index, owner, tasks, cancellationToken);
        return TypedResults.NoContent();
    }

    private static Task<Ok<RecordResponse>> RegenerateAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(Index)] int index,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    ) => ChangeAsync(new CurateRequest { Regenerated = true }, id, index, owner, tasks, cancellationToken);

    private static Task<Ok<RecordResponse>> RestoreAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(Index)] int index,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    ) => ChangeAsync(new CurateRequest { Restored = true }, id, index, owner, tasks, cancellationToken);

    private static Task<Ok<RecordResponse>> LikeAsync(
        [Description(TaskParameters.Id)] string id,
        [Description(Index)] int index,
        NewFeedback body,
        [Description(TaskParameters.Owner)] string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    ) =>
        body.Liked is { } liked
            ? ChangeAsync(new CurateRequest { Liked = liked }, id, index, owner, tasks, cancellationToken)
            : throw new FailureException(Failure.Field("liked", "true or false."));

    private static async Task<Ok<RecordResponse>> ChangeAsync(
        CurateRequest request,
        string id,
        int index,
        string? owner,
        TasksClient tasks,
        CancellationToken cancellationToken
    )
    {
        (request.Id, request.Index, request.Owner) = (id, index, owner ?? "");
        var record = await tasks.CurateAsync(request, cancellationToken: cancellationToken);
        return record.HasData
            ? TypedResults.Ok(record.ToResponse())
            : throw new FailureException(new Failure(StatusCodes.Status502BadGateway, record.Error));
    }
}
