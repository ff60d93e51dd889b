using System.Diagnostics.Metrics;
using DataGen.Contracts;
using DataGen.Explorer.Datasets;
using DataGen.Tests.Support;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace DataGen.Tests.Explorer;

public sealed class DatasetTests : ExplorerServiceTest
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_dataset_that_is_being_made_shows_what_is_stored_so_far_and_columns_that_come_late()
    {
        var second = new TaskCompletionSource();
        Runner.Make = index =>
            index < 5
                ? $$"""{"id":{{index}},"size":{{index}}}"""
                : $$"""{"id":"{{index}}","size":0.5,"late":[{{index}}]}""";
        Runner.Before = (index, token) => index < 5 ? Task.CompletedTask : second.Task.WaitAsync(token);
        var id = (await Host.CreateAsync(10)).Task.Id;
        await Eventually.TrueAsync(async () =>
        {
            Explorer.Clock.Advance(Stale);
            return (await RowsAsync(View(id))).Total == 5;
        });
        var early = await RowsAsync(View(id, "size>=3"));
        second.SetResult();
        await Host.EndAsync(id, Cancelled);

        Assert.Equal(5, (await RowsAsync(View(id))).Total);
        Explorer.Clock.Advance(Stale);
        var late = await RowsAsync(View(id));

        Assert.NotEqual(GenerationTaskStatus.Succeeded, early.Dataset.Status);
        Assert.Equal([3, 4], Indices(early));
        Assert.Equal(["id:integer", "size:integer"], early.Columns.Select(column => $"{column.Name}:{column.Type}"));
        Assert.Equal(
            ["id:json", "size:number", "late:json"],
            late.Columns.Select(column => $"{column.Name}:{column.Type}")
        );
        Assert.Equal(10, late.Total);
        Assert.Equal(
            """[[0,0,0.0,null],[9,"9",0.5,[9]]]""",
            Json(await QueryAsync(id, "SELECT * FROM records WHERE _index IN (0, 9) ORDER BY ALL"))
        );
        Assert.Equal([3, 4], Indices(await RowsAsync(View(id, "size>=3"))));
        Assert.Equal([3], Indices(await RowsAsync(View(id, "id=3"))));
        Assert.Equal([7], Indices(await RowsAsync(View(id, "id=7"))));
    }

    [Fact]
    public async Task Questions_are_counted_by_whether_there_is_a_copy()
    {
        using var questions = new MetricCollector<long>(
            Explorer.Service<IMeterFactory>(),
            "DataGen.Explorer",
            "datagen.explorer.questions"
        );
        var id = await MakeAsync("""{"id":0}""");
        await RowsAsync(View(id));
        await RowsAsync(View(id));

        Assert.Equal(
            ["miss", "hit"],
            questions.GetMeasurementSnapshot().Select(measurement => measurement.Tags["datagen.cache"])
        );
    }

    [Fact]
    public async Task Only_segments_that_are_new_travel()
    {
        var id = await MakeAsync("""{"id":0}""", "!no JSON", """{"id":2}""");
        Assert.Equal(2, (await RowsAsync(View(id))).Total);
        Runner.Make = index => $$"""{"id":{{index}},"again":true}""";
        await Host.Client.RetryAsync(new RetryTaskRequest { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        await Host.EndAsync(id, Cancelled);
        Explorer.Clock.Advance(Stale);

        var reply = await RowsAsync(View(id));

        Assert.Equal(["""{"id":0}""", """{"id":1,"again":true}""", """{"id":2}"""], Texts(reply));
        using var all = Host.Client.Follow(new FollowRequest { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        var parts = await all.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled);
        var segments = parts.Where(part => part.Segment is not null).Select(part => part.Segment).ToArray();
        var request = new FollowRequest { Id = id };
        request.Have.AddRange(
            segments[..^1]
                .GroupBy(segment => segment.Epoch)
                .Select(epoch => new EpochPosition
                {
                    Shard = segments[0].Shard,
                    Epoch = epoch.Key,
                    Segments = epoch.Count(),
                })
        );
        using var rest = Host.Client.Follow(request, Host.As("ada"), cancellationToken: Cancelled);
        Assert.Equal(
            [segments[^1]],
            (await rest.ResponseStream.ReadAllAsync(Cancelled).ToListAsync(Cancelled))
                .Where(part => part.Segment is not null)
                .Select(part => part.Segment)
        );
    }

    [Fact]
    public async Task A_deleted_dataset_is_gone_and_its_file_too()
    {
        var id = await MakeAsync("""{"id":0}""");
        await RowsAsync(View(id));
        Assert.Single(Files());
        await Host.Client.DeleteAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        Explorer.Clock.Advance(Stale);

        Assert.Equal(StatusCode.NotFound, await StatusAsync(() => RowsAsync(View(id))));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_dataset_that_nobody_asks_for_is_given_up_after_ten_minutes_and_made_again_when_somebody_does()
    {
        var id = await MakeAsync("""{"id":0}""");
        await RowsAsync(View(id));
        Explorer.Clock.Advance(TimeSpan.FromMinutes(9));
        Explorer.Service<DatasetCache>().Sweep();
        Assert.Single(Files());
        Explorer.Clock.Advance(TimeSpan.FromMinutes(2));
        Explorer.Service<DatasetCache>().Sweep();

        Assert.Empty(Files());
        await using var later = await ExplorerHost.StartAsync(Host.Address);
        Assert.Equal(
            1,
            (
                await later.Client.RowsAsync(
                    new RowsRequest { View = View(id) },
                    Host.As("ada"),
                    cancellationToken: Cancelled
                )
            ).Total
        );
    }

    [Fact]
    public async Task More_datasets_than_fit_in_memory_are_asked_in_turn()
    {
        var ids = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            ids.Add(await MakeAsync($$"""{"id":{{number}}}"""));
        }

        for (var round = 0; round < 3; round++)
        {
            var replies = await Task.WhenAll(ids.Select(id => RowsAsync(View(id))));
            Assert.Equal(Enumerable.Range(0, 8).Select(number => $$"""{"id":{{number}}}"""), replies.SelectMany(Texts));
        }
    }

    [Fact]
    public async Task Records_with_too_many_members_for_a_table_are_refused_with_words()
    {
        var id = await MakeAsync($"{{{string.Join(',', Enumerable.Range(0, 1001).Select(at => $"\"m{at}\":1"))}}}");

        var failure = ServiceFailure.Of(await Assert.ThrowsAsync<RpcException>(() => RowsAsync(View(id))));

        Assert.Equal(StatusCode.FailedPrecondition, failure.Code);
        Assert.Contains("1000 different members", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_costs_a_dataset_nothing_and_what_the_process_left_on_disk_is_removed()
    {
        var id = await MakeAsync([.. Enumerable.Range(0, 500).Select(index => $$"""{"id":{{index}}}""")]);
        using var temporary = new TemporaryFolder();
        var (http, grpc) = ($"http://127.0.0.1:{FreePort.Find()}", $"http://127.0.0.1:{FreePort.Find()}");
        using var channel = GrpcChannel.ForAddress(grpc);
        var client = new Contracts.Explorer.ExplorerClient(channel);
        await using (var first = Start())
        {
            Assert.Equal(500, await TotalAsync());
            await first.KillAsync();
        }

        var left = Assert.Single(Directory.GetDirectories(temporary.Path));
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow - TimeSpan.FromHours(1));
        await using var second = Start();

        Assert.Equal(500, await TotalAsync());
        Assert.NotEqual(left, Assert.Single(Directory.GetDirectories(temporary.Path)));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Directory.GetDirectories(temporary.Path)[0])
            );
        }

        DotnetProcess Start() =>
            DotnetProcess.Start(
                "DataGen.Explorer",
                temporary.Path,
                [
                    .. ExplorerHost
                        .Settings(Host.Address)
                        .Select(setting =>
                            (setting.Name.Replace(":", "__", StringComparison.Ordinal), (string?)setting.Value)
                        ),
                    ("TMPDIR", temporary.Path),
                    ("Kestrel__Endpoints__http__Url", http),
                    ("Kestrel__Endpoints__grpc__Url", grpc),
                    ("Kestrel__Endpoints__grpc__Protocols", "Http2"),
                ]
            );

        async Task<int> TotalAsync() =>
            (
                await Eventually.GetAsync(
                    async () =>
                    {
                        try
                        {
                            return await client.RowsAsync(
                                new RowsRequest { View = View(id) },
                                Host.As("ada"),
                                cancellationToken: Cancelled
                            );
                        }
                        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
                        {
                            return null;
                        }
                    },
                    reply => reply is not null
                )
            )!.Total;
    }

    private string[] Files() => Directory.GetFiles(Explorer.Service<DatasetFolder>().Path, "*.duckdb");
}
