using System.Text;
using DataGen.Contracts;
using Google.Protobuf;
using Grpc.Core;

namespace DataGen.Tests.Tasks;

/// <summary>Records that people change: what was generated stays, and everybody is shown what was made of it.</summary>
public sealed class CurationTests : TasksServiceTest
{
    private const string Schema =
        """{"schema":{"type":"object","properties":{"id":{"type":"integer","maximum":9}},"required":["id"]}}""";

    [Fact]
    public async Task A_dataset_is_exported_as_it_was_curated_and_as_it_was_generated()
    {
        var id = await MadeAsync(10);
        var generated = await ExportAsync(id);

        var edited = await CurateAsync(id, 1, new() { Data = ByteString.CopyFromUtf8("""{ "id": 1, "é": "x" }""") });
        await CurateAsync(id, 8, new() { Removed = true });
        await CurateAsync(id, 9, new() { Liked = true });

        Assert.Equal("""{"id":1,"é":"x"}""", edited.Data.ToStringUtf8());
        Assert.Equal(RecordChange.Edited, edited.Curation.Change);
        var curated = await ExportAsync(id);
        Assert.Equal([generated[0], """{"id":1,"é":"x"}""", .. generated[2..8], generated[9]], curated);
        Assert.Equal(generated, await ExportAsync(id, asGenerated: true));
        Assert.Equal(
            new CurationCounts
            {
                Edited = 1,
                Removed = 1,
                Liked = 1,
            },
            (await Host.GetAsync(id)).Curated
        );
        var records = await RecordsAsync(new() { Id = id });
        Assert.Equal(10, records.Total);
        Assert.Equal((generated[8], RecordChange.Removed), (Text(records.Items[8]), records.Items[8].Curation.Change));
        Assert.Equal(curated[1], Text(records.Items[1]));
        Assert.Null(records.Items[0].Curation);
        var liked = await RecordsAsync(new() { Id = id, Liked = true });
        Assert.Equal((1, 9, true), (liked.Total, liked.Items.Single().Index, liked.Items.Single().Curation.Liked));
    }

    [Fact]
    public async Task What_was_changed_can_be_had_back_and_a_like_stays()
    {
        var id = await MadeAsync(3);
        var generated = await ExportAsync(id);
        await CurateAsync(id, 0, new() { Data = ByteString.CopyFromUtf8("""{"id":5}""") });
        await CurateAsync(id, 0, new() { Liked = true });
        await CurateAsync(id, 1, new() { Removed = true });

        var restored = await CurateAsync(id, 0, new() { Restored = true });
        await CurateAsync(id, 1, new() { Restored = true });

        Assert.Equal((generated[0], true), (Text(restored), restored.Curation.Liked));
        Assert.Equal(generated, await ExportAsync(id));
        Assert.Equal(["0"], Store.PeekAll($"datagen:task:{id}:curation").Keys);
        await CurateAsync(id, 0, new() { Liked = false });
        Assert.Null((await Host.GetAsync(id)).Curated);
    }

    [Fact]
    public async Task A_change_that_was_answered_is_there_after_a_crash_and_in_a_task_that_grows()
    {
        var id = await MadeAsync(6);
        await CurateAsync(id, 2, new() { Data = ByteString.CopyFromUtf8("""{"id":7}""") });
        await CurateAsync(id, 3, new() { Removed = true });

        var store = MemoryStore.After(Store.Log, Store.Log.Count);
        await using var next = await TasksHost.StartAsync(store, Runner.Address, Cancelled, Settings);
        var before = await ExportAsync(id, host: next);
        await next.Client.ExtendAsync(
            new ExtendTaskRequest { Id = id, Count = 5 },
            next.As("ada"),
            cancellationToken: Cancelled
        );
        await next.EndAsync(id, Cancelled);
        var after = await ExportAsync(id, host: next);

        Assert.Equal(("""{"id":7}""", 5), (before[2], before.Length));
        Assert.Equal(before, after[..5]);
        Assert.Equal(10, after.Length);
    }

    [Fact]
    public async Task A_change_the_store_does_not_confirm_is_refused_and_read_again()
    {
        var id = await MadeAsync(3);
        var generated = await ExportAsync(id);
        Store.OnWrite = key => key.Contains(":curation", StringComparison.Ordinal) ? ("no", false) : null;
        Assert.Equal(StatusCode.Unavailable, await StatusAsync(id, 0, new() { Removed = true }));
        Assert.Equal(generated, await ExportAsync(id));

        // Kept, but not confirmed.
        Store.OnWrite = key => key.Contains(":curation", StringComparison.Ordinal) ? ("no", true) : null;
        Assert.Equal(StatusCode.Unavailable, await StatusAsync(id, 0, new() { Removed = true }));
        Store.OnWrite = _ => null;
        Assert.Equal(generated[1..], await ExportAsync(id));
    }

    [Fact]
    public async Task A_task_that_could_not_be_marked_is_marked_by_the_next_change()
    {
        var id = await MadeAsync(3);
        Store.OnWrite = key => key == $"datagen:task:{id}" ? ("no", false) : null;
        Assert.Equal(StatusCode.Unavailable, await StatusAsync(id, 0, new() { Removed = true }));
        Store.OnWrite = _ => null;

        await CurateAsync(id, 0, new() { Removed = true });

        var store = MemoryStore.After(Store.Log, Store.Log.Count);
        await using var next = await TasksHost.StartAsync(store, Runner.Address, Cancelled, Settings);
        Assert.Equal(2, (await ExportAsync(id, host: next)).Length);
    }

    [Fact]
    public async Task A_record_that_is_made_once_more_does_not_write_over_an_edit_made_in_the_meantime()
    {
        var id = await MadeAsync(3);
        var goOn = new TaskCompletionSource();
        Runner.Make = index => $$"""{"id":{{index}},"again":true}""";
        Runner.Before = (_, token) => goOn.Task.WaitAsync(token);
        var again = StatusAsync(id, 1, new() { Regenerated = true });
        await Eventually.TrueAsync(() => Runner.OpenLeases == 1);
        await CurateAsync(id, 1, new() { Data = ByteString.CopyFromUtf8("""{"id":5}""") });

        goOn.SetResult();

        Assert.Equal(StatusCode.FailedPrecondition, await again);
        Assert.Equal("""{"id":5}""", (await ExportAsync(id))[1]);
    }

    [Fact]
    public async Task What_comes_after_a_deletion_leaves_nothing()
    {
        var id = await MadeAsync(3);
        await CurateAsync(id, 0, new() { Liked = true });
        var goOn = new TaskCompletionSource();
        Runner.Make = index => $$"""{"id":{{index}},"again":true}""";
        Runner.Before = (_, token) => goOn.Task.WaitAsync(token);
        var again = StatusAsync(id, 1, new() { Regenerated = true });
        await Eventually.TrueAsync(() => Runner.OpenLeases == 1);
        await Host.Client.DeleteAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        await Eventually.TrueAsync(() => !Store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal)));

        goOn.SetResult();

        Assert.Equal(StatusCode.NotFound, await again);
        Assert.DoesNotContain(Store.Keys, key => key.Contains(id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":10}""", "/id: 10 should be at most 9.")]
    [InlineData("""{"name":1}""", null)]
    [InlineData("[]", "Has to be a JSON object.")]
    [InlineData("""{"id":1,"id":2}""", "Is no JSON, or names a member twice.")]
    [InlineData("""{"id":1,"a":"\ud800"}""", "Is no JSON, or names a member twice.")]
    [InlineData("""{"id":1""", "Is no JSON, or names a member twice.")]
    public async Task An_edit_has_to_be_what_the_definition_allows(string data, string? problem)
    {
        var id = await MadeAsync(2, Schema);

        var failure = await Assert.ThrowsAsync<RpcException>(() =>
            CurateAsync(id, 0, new() { Data = ByteString.CopyFromUtf8(data) })
        );

        var fields = ServiceFailure.Of(failure).Fields;
        Assert.Equal("data", Assert.Single(fields).Key);
        if (problem is not null)
        {
            Assert.Equal([problem], fields["data"]);
        }

        Assert.Null((await Host.GetAsync(id)).Curated);
    }

    [Fact]
    public async Task Only_a_good_record_of_ones_own_can_be_changed()
    {
        Runner.Make = index => index == 1 ? "!no" : $$"""{"id":{{index}}}""";
        var id = await MadeAsync(2);

        Assert.Equal(StatusCode.NotFound, await StatusAsync(id, 1, new() { Removed = true }));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(id, 2, new() { Removed = true }));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(id, -1, new() { Removed = true }));
        Assert.Equal(StatusCode.NotFound, await StatusAsync(id, 0, new() { Removed = true }, "bob"));
        Assert.Equal(StatusCode.InvalidArgument, await StatusAsync(id, 0, new()));
        await CurateAsync(id, 0, new() { Removed = true });
    }

    [Fact]
    public async Task A_record_is_made_once_more_at_its_place_or_stays()
    {
        var id = await MadeAsync(5);
        Runner.Make = index => $$"""{"id":{{index}},"again":true}""";

        var made = await CurateAsync(id, 4, new() { Regenerated = true });

        Assert.Equal(("""{"id":4,"again":true}""", RecordChange.Regenerated), (Text(made), made.Curation.Change));
        Assert.Equal(4, Runner.Requests.Last().Ranges.Single().First);
        Runner.Make = _ => "!The model refused.";
        var refused = await CurateAsync(id, 4, new() { Regenerated = true });
        Assert.Equal("The model refused.", refused.Error);
        Assert.Equal("""{"id":4,"again":true}""", (await ExportAsync(id))[4]);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_curated_task_that_is_deleted()
    {
        var id = await MadeAsync(5);
        await CurateAsync(id, 0, new() { Removed = true });
        await CurateAsync(id, 4, new() { Liked = true });

        await Host.Client.DeleteAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);

        await Eventually.TrueAsync(
            () => !Store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal)),
            "Not all was removed."
        );
    }

    private async Task<string> MadeAsync(int records, string sampling = "")
    {
        var created = await Host.Client.CreateAsync(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec
                {
                    Prompt = "A plant",
                    Count = records,
                    Sampling = sampling,
                },
            },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        await Host.EndAsync(created.Task.Id, Cancelled);
        return created.Task.Id;
    }

    private async Task<GeneratedRecord> CurateAsync(string id, int index, CurateRequest change, string user = "ada")
    {
        (change.Id, change.Index) = (id, index);
        return await Host.Client.CurateAsync(change, Host.As(user), cancellationToken: Cancelled);
    }

    private async Task<StatusCode> StatusAsync(string id, int index, CurateRequest change, string user = "ada") =>
        (await Assert.ThrowsAsync<RpcException>(() => CurateAsync(id, index, change, user))).StatusCode;

    private async Task<ListRecordsResponse> RecordsAsync(ListRecordsRequest request) =>
        await Host.Client.ListRecordsAsync(request, Host.As("ada"), cancellationToken: Cancelled);

    private async Task<string[]> ExportAsync(string id, bool asGenerated = false, TasksHost? host = null)
    {
        host ??= Host;
        using var call = host.Client.Export(
            new ExportTaskRequest
            {
                Id = id,
                Format = ExportFormat.Jsonl,
                AsGenerated = asGenerated,
            },
            host.As("ada"),
            cancellationToken: Cancelled
        );
        var file = new MemoryStream();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            file.Write(chunk.Data.Span);
        }

        return Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Text(GeneratedRecord record) => record.Data.ToStringUtf8();
}
