using System.Net;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tests.Mock;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Tasks;

/// <summary>Segments in R1FS: the file there, its content id in CStore.</summary>
public sealed class R1fsSegmentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_r1fs_is_configured_segments_lie_there_and_survive_a_restart_and_a_faulty_upload()
    {
        await using var mock = DataGen.Mock.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Mock" },
            builder =>
            {
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?> { ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0" }
                );
                builder.Logging.ClearProviders();
            }
        );
        await mock.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(mock.Urls.Single()) };
        using var fault = await http.PatchAsync(
            "/mock/faults",
            new StringContent("""{"r1fs":{"cidNull":{"value":1,"calls":2}}}""", null, "application/json"),
            Cancelled
        );
        Assert.True(fault.IsSuccessStatusCode, await fault.Content.ReadAsStringAsync(Cancelled));

        await using var runner = await FakeRunner.StartAsync(Cancelled);
        runner.Make = index => index == 3 ? "!cut off" : $$"""{"id":{{index}},"name":"Zoë {{index}}"}""";
        var store = new MemoryStore();
        string id;
        await using (
            var host = await TasksHost.StartAsync(
                store,
                runner.Address,
                Cancelled,
                ("EE_R1FS_API_URL", mock.Urls.Single())
            )
        )
        {
            id = (await host.CreateAsync(30)).Task.Id;
            Assert.Equal(
                (GenerationTaskStatus.Succeeded, 30),
                (await host.EndAsync(id, Cancelled)) is var ended ? (ended.Task.Status, ended.Task.Completed) : default
            );
        }

        Assert.All(
            store.PeekAll($"datagen:task:{id}:segments").Values,
            value => Assert.Matches("""^\{"cid":"Qm[A-Za-z0-9]+"\}$""", value)
        );
        await using var again = await TasksHost.StartAsync(
            store,
            runner.Address,
            Cancelled,
            ("EE_R1FS_API_URL", mock.Urls.Single())
        );
        var records = await again.RecordsAsync(id);
        Assert.Equal(Enumerable.Range(0, 30), records.Select(record => record.Index));
        Assert.Equal("""{"id":4,"name":"Zoë 4"}""", records[4].Data.ToStringUtf8());
        Assert.Equal("cut off", records[3].Error);
    }

    [Fact]
    public async Task A_deleted_task_leaves_no_file_even_when_one_was_gone_already()
    {
        await using var mock = await RunningMock.StartAsync();
        await using var runner = await FakeRunner.StartAsync(Cancelled);
        var store = new MemoryStore();
        await using var host = await TasksHost.StartAsync(
            store,
            runner.Address,
            Cancelled,
            ("EE_R1FS_API_URL", mock.Http.BaseAddress!.ToString())
        );
        runner.Before = (index, token) => Task.Delay(index % 10 == 9 ? 120 : 0, token);
        var id = (await host.CreateAsync(40)).Task.Id;
        await host.EndAsync(id, Cancelled);
        string[] cids =
        [
            .. store
                .PeekAll($"datagen:task:{id}:segments")
                .Values.Select(value => JsonDocument.Parse(value).RootElement.GetProperty("cid").GetString()!),
        ];
        Assert.True(cids.Length > 2, "The task has too few files.");

        // What a process that died in the middle of the deletion leaves: a file that is gone, its name still there.
        Assert.Equal(HttpStatusCode.OK, (await mock.PostAsync("/delete_file", $$"""{"cid":"{{cids[1]}}"}""")).Status);
        await host.Client.DeleteAsync(new TaskReference { Id = id }, host.As("ada"), cancellationToken: Cancelled);
        await Eventually.TrueAsync(
            () => !store.Keys.Any(key => key.Contains(id, StringComparison.Ordinal)),
            "Not all was removed."
        );
        foreach (var cid in cids)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await mock.GetAsync($"/get_file?cid={cid}")).Status);
        }
    }
}
