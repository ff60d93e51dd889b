using System.Text;
using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>What must hold after every scenario, whatever the fault was.</summary>
internal static class Invariants
{
    /// <summary>Every task is complete wherever one looks, and the lists, the counters and the store agree.</summary>
    public static async Task AssertAsync(
        Deployment deployment,
        IReadOnlyList<CreatedTask> tasks,
        CancellationToken cancellationToken
    )
    {
        foreach (var task in tasks)
        {
            await AssertRecordsAsync(task, cancellationToken);
            await AssertStoredOnceAsync(deployment.Mock, task, cancellationToken);
        }

        await AssertListsAndCountersAsync(deployment, cancellationToken);
    }

    // The task, its records page by page, and the export say the same.
    private static async Task AssertRecordsAsync(CreatedTask task, CancellationToken cancellationToken)
    {
        var seen = await task.User.GetAsync(task.Path, cancellationToken);
        Assert.True(
            ("succeeded", task.Count, 0)
                == (
                    seen.GetProperty("status").GetString(),
                    seen.GetProperty("completed").GetInt32(),
                    seen.GetProperty("failures").GetInt32()
                ),
            seen.ToString()
        );
        var records = new List<JsonElement>();
        while (
            records.Count < task.Count
            && await task.User.GetAsync($"{task.Path}/records?limit=1000&offset={records.Count}", cancellationToken)
                is var page
            && page.GetProperty("items").GetArrayLength() > 0
        )
        {
            records.AddRange(page.GetProperty("items").EnumerateArray());
            Assert.Equal(task.Count, page.GetProperty("total").GetInt32());
        }

        Assert.Equal(Enumerable.Range(0, task.Count), records.Select(record => record.GetProperty("index").GetInt32()));
        Assert.All(records, record => Assert.True(record.GetProperty("ok").GetBoolean()));
        var lines = Encoding
            .UTF8.GetString(await task.User.DownloadAsync(task.Id, "jsonl", cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(records.Select(record => record.GetProperty("data").GetRawText()), lines);
    }

    // Of the segments that count, exactly one holds each index.
    private static async Task AssertStoredOnceAsync(
        MockNode mock,
        CreatedTask task,
        CancellationToken cancellationToken
    )
    {
        var segments = await StoredTask.ReadAsync(mock, task.Id, cancellationToken);
        Assert.Equal(Enumerable.Range(0, task.Count), segments.CountedIndices.Order());
    }

    /// <summary>The users' lists and the counters, stored and shown, say what the tasks say, and none is left as
    /// active.</summary>
    public static async Task AssertListsAndCountersAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        await Eventually.GetAsync(
            () => Task.FromResult(deployment.Mock.Hash("datagen:tasks:active")),
            active => active.Count == 0,
            "no active task is left"
        );
        var tasks = new List<JsonElement>();
        foreach (var user in deployment.Users)
        {
            var listed = await ListAsync(user, cancellationToken);
            tasks.AddRange(listed);
            foreach (var line in listed)
            {
                var id = line.GetProperty("id").GetString()!;
                Assert.Equal(Facts(await user.GetAsync($"/api/tasks/{id}", cancellationToken)), Facts(line));
                await Eventually.GetAsync(
                    () =>
                        Task.FromResult(
                            Facts(JsonElement.Parse(deployment.Mock.Hash($"datagen:user:{user.Username}:tasks")[id]))
                        ),
                    stored => stored == Facts(line),
                    $"the stored list says of {id} what the task says"
                );
            }
        }

        var fold = new Counters(
            tasks.Count,
            tasks.Sum(task => task.GetProperty("count").GetInt32()),
            tasks.Sum(task => task.GetProperty("completed").GetInt32() - task.GetProperty("failures").GetInt32()),
            tasks.Count(task => task.GetProperty("status").GetString() is "queued" or "running"),
            tasks.Count(task => task.GetProperty("status").GetString() == "failed")
        );
        await Eventually.GetAsync(
            () => Task.FromResult(Counters.Stored(deployment.Mock)),
            stored => stored == fold,
            $"datagen:metrics is the fold {fold}, not {Counters.Stored(deployment.Mock)}"
        );
        Assert.Equal(fold, Counters.Shown(await deployment.Admin.GetAsync("/api/metrics", cancellationToken)));
    }

    private static async Task<List<JsonElement>> ListAsync(ApiClient user, CancellationToken cancellationToken)
    {
        var tasks = new List<JsonElement>();
        for (var cursor = ""; cursor is not null; )
        {
            var page = await user.GetAsync($"/api/tasks?limit=100&cursor={cursor}", cancellationToken);
            tasks.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        return tasks;
    }

    private static (string? Id, string? Status, int Count, int Completed, int Failures) Facts(JsonElement task) =>
        (
            task.GetProperty("id").GetString(),
            task.GetProperty("status").GetString(),
            task.GetProperty("count").GetInt32(),
            task.GetProperty("completed").GetInt32(),
            task.GetProperty("failures").GetInt32()
        );
}
