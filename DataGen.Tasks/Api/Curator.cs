using System.Text.Json;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Tasks.Curation;
using DataGen.Tasks.Model;
using DataGen.Tasks.Previews;
using DataGen.Tasks.Records;
using DataGen.Tasks.Tasks;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Tasks.Api;

/// <summary>Changes single records for people: replaces one by their text, has the model make it again, leaves it out,
/// or likes it.</summary>
internal sealed class Curator(RecordReader records, Previewer previews, IGrainFactory grains)
{
    private const int LongestRecord = 256 * 1024;

    /// <summary>Changes a record.</summary>
    /// <returns>The record as it was generated and its changes. Where it was to be made again and was not, also the
    /// reason.</returns>
    /// <exception cref="RpcException">There is no such good record, or the change is not allowed.</exception>
    public async Task<(StoredRecord Record, Curation.CuratedRecord Curated, string? Problem)> ChangeAsync(
        RecordLayout layout,
        CurateRequest request,
        CancellationToken cancellationToken
    )
    {
        var task = layout.Definition;
        var record =
            (await records.GoodAsync(layout, [request.Index], cancellationToken)).SingleOrDefault()
            ?? throw CallFailures.NotFound("There is no good record of this number.");
        var (change, data, expected) = ((Curation.RecordChange?)null, (string?)null, (Curation.CuratedRecord?)null);
        switch (request.ChangeCase)
        {
            case CurateRequest.ChangeOneofCase.Data:
                (change, data) = (Curation.RecordChange.Edited, Checked(task, request.Data));
                break;
            case CurateRequest.ChangeOneofCase.Regenerated:
                expected = (await grains.CurationAsync(task))[record.Index];
                var now = expected.DataOf(record.Data)!.Value;
                var made = await previews.MakeAgainAsync(task, record.Index, now, cancellationToken);
                if (!made.HasData)
                {
                    return (record, Curation.CuratedRecord.Untouched, made.Error);
                }

                (change, data) = (Curation.RecordChange.Regenerated, made.Data.ToStringUtf8());
                break;
            case CurateRequest.ChangeOneofCase.Removed:
                change = Curation.RecordChange.Removed;
                break;
            case CurateRequest.ChangeOneofCase.Restored:
                change = Curation.RecordChange.None;
                break;
            case CurateRequest.ChangeOneofCase.None:
                throw CallFailures.Invalid(("change", "Says nothing."));
        }

        // The mark on the task is stored before the change: without it no reader would ask for changes.
        if (!task.IsCurated && !await grains.GetGrain<ITaskGrain>(task.Id).MarkCuratedAsync())
        {
            throw CallFailures.NotFound();
        }

        bool? liked = request.ChangeCase == CurateRequest.ChangeOneofCase.Liked ? request.Liked : null;
        var (outcome, curated) = await grains
            .GetGrain<ICurationGrain>(task.Id)
            .SetAsync(record.Index, change, data, liked, expected);
        return outcome switch
        {
            CurationOutcome.Stored => (record, curated, null),
            CurationOutcome.Changed => throw CallFailures.NotAllowed("The record was changed at the same time."),
            CurationOutcome.Full => throw CallFailures.Invalid(
                (
                    "index",
                    $"At most {Curation.CuratedRecords.Most} records of a task can be changed, of {Curation.CuratedRecords.MostCharacters} characters together."
                )
            ),
            _ => throw CallFailures.NotFound(),
        };
    }

    // The record's text in the form in which it is stored.
    private static string Checked(TaskDefinition task, ByteString data)
    {
        if (data.Length > LongestRecord)
        {
            throw CallFailures.Invalid(("data", $"At most {LongestRecord} bytes."));
        }

        byte[] record;
        try
        {
            using var document = JsonDocument.Parse(data.Memory, new() { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw CallFailures.Invalid(("data", "Has to be a JSON object."));
            }

            record = JsonSerializer.SerializeToUtf8Bytes(document.RootElement, Sampling.Plain);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // This also catches a string with half of a surrogate pair.
            throw CallFailures.Invalid(("data", "Is no JSON, or names a member twice."));
        }

        return task.ReadSampling()?.Check(record) is { Kind: not Flaw.None } flaw
            ? throw CallFailures.Invalid([.. flaw.Problems.Select(problem => ("data", problem))])
            : System.Text.Encoding.UTF8.GetString(record);
    }
}
