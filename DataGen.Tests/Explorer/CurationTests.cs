using DataGen.Contracts;
using Google.Protobuf;

namespace DataGen.Tests.Explorer;

/// <summary>What people made of the records is what rows, profiles, queries and files show.</summary>
public sealed class CurationTests : ExplorerServiceTest
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Edits_and_removals_are_seen_and_what_was_generated_comes_back()
    {
        var id = await MakeAsync("""{"id":0}""", """{"id":1}""", """{"id":2}""", """{"id":3}""");
        await RowsAsync(View(id));

        await CurateAsync(id, 1, new() { Data = ByteString.CopyFromUtf8("""{"id":10,"note":"new"}""") });
        await CurateAsync(id, 2, new() { Removed = true });
        await CurateAsync(id, 3, new() { Liked = true });

        var rows = await RowsAsync(View(id));
        Assert.Equal(["""{"id":0}""", """{"id":10,"note":"new"}""", """{"id":3}"""], Texts(rows));
        Assert.Equal((3, 3), (rows.Total, rows.Dataset.Records));
        Assert.Equal(
            [null, RecordChange.Edited, RecordChange.None],
            rows.Rows.Select(row => row.Curation is { } curation ? curation.Change : (RecordChange?)null)
        );
        Assert.True(rows.Rows[2].Curation.Liked);
        Assert.Equal(["id", "note"], rows.Columns.Select(column => column.Name));
        Assert.Equal([1], Indices(await RowsAsync(View(id, "note=new"))));
        Assert.Equal("[[13,3]]", Json(await QueryAsync(id, "SELECT sum(id)::INT, count(*)::INT FROM records")));
        Assert.Equal(3, (await ProfileAsync(View(id))).Columns[0].Filled);

        // The like alone changes no record.
        await CurateAsync(id, 3, new() { Liked = false });
        await CurateAsync(id, 1, new() { Restored = true });
        await CurateAsync(id, 2, new() { Restored = true });

        rows = await RowsAsync(View(id));
        Assert.Equal(["""{"id":0}""", """{"id":1}""", """{"id":2}""", """{"id":3}"""], Texts(rows));
        Assert.All(rows.Rows, row => Assert.Null(row.Curation));
    }

    [Fact]
    public async Task They_stay_while_the_dataset_grows_and_when_its_file_is_made_again()
    {
        var id = await MakeAsync("""{"id":0}""", "!no", """{"id":2}""", """{"id":3}""");
        await RowsAsync(View(id));
        await CurateAsync(id, 0, new() { Removed = true });
        await CurateAsync(id, 2, new() { Data = ByteString.CopyFromUtf8("""{"id":20}""") });
        await RowsAsync(View(id));
        Runner.Make = index => $$"""{"id":{{index}}}""";

        await Host.Client.ExtendAsync(
            new ExtendTaskRequest { Id = id, Count = 2 },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        await Host.EndAsync(id, Cancelled);
        string[] expected = ["""{"id":1}""", """{"id":20}""", """{"id":3}""", """{"id":4}""", """{"id":5}"""];
        Explorer.Clock.Advance(Stale);
        Assert.Equal(expected, Texts(await RowsAsync(View(id))));

        await using var other = await ExplorerHost.StartAsync(Host.Address);
        var rows = await other.Client.RowsAsync(
            new RowsRequest { View = View(id) },
            Host.As("ada"),
            cancellationToken: Cancelled
        );
        Assert.Equal(expected, Texts(rows));
        await CurateAsync(id, 0, new() { Restored = true });
        string[] all = ["""{"id":0}""", .. expected];
        Assert.Equal(all, Texts(await RowsAsync(View(id))));
    }

    private async Task CurateAsync(string id, int index, CurateRequest change)
    {
        (change.Id, change.Index) = (id, index);
        await Host.Client.CurateAsync(change, Host.As("ada"), cancellationToken: Cancelled);
        Explorer.Clock.Advance(Stale);
    }
}
