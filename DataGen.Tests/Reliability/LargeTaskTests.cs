using System.Diagnostics;
using System.Globalization;

namespace DataGen.Tests.Reliability;

/// <summary>A task of very many records: it ends, memory stays bounded, and every index is there once. A million of
/// them, which take minutes alone, with <c>DATAGEN_TEST_RECORDS=1000000</c>.</summary>
[Collection(ExclusiveCollectionDefinition.Name)]
public sealed class LargeTaskTests
{
    private static readonly int Records = int.TryParse(
        Environment.GetEnvironmentVariable("DATAGEN_TEST_RECORDS"),
        CultureInfo.InvariantCulture,
        out var asked
    )
        ? asked
        : 200_000;

    // Of each service.
    private static readonly int MostMiB = 450 + (Records / 4000);
    private const string Prompt = "A reading: value 1-999";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Very_many_records_are_made_stored_and_exported_in_bounded_memory()
    {
        await using var deployment = await Deployment.StartAsync(
            new DeploymentPlan
            {
                LatencyMs = 0,
                Concurrency = 256,
                MaxRecords = Records,
            },
            Cancelled
        );
        var clock = Stopwatch.StartNew();
        var id = await deployment.Admin.CreateAsync(Prompt, Records, Cancelled);
        var (slowest, largest) = await PollToEndAsync(deployment, id);
        var made = clock.Elapsed;

        var samples = await ReadSamplesAsync(deployment, id);
        var lines = await CountLinesAsync(deployment, id, samples);
        var exported = clock.Elapsed - made;
        var calls = await deployment.Mock.CallsAsync(Cancelled);
        var memory = deployment
            .Services.Append(deployment.MockProcess)
            .Select(service => (service.Name, service.PeakMemoryMiB))
            .ToArray();
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Records} records in {made.TotalSeconds:0} s ({Records / made.TotalSeconds:0}/s), exported in {exported.TotalSeconds:0} s; calls beyond: {calls.Requested - Records}; slowest look at the task {slowest.TotalMilliseconds:0} ms, largest answer {largest} characters; peak memory in MiB: {string.Join(", ", memory)}"
            )
        );

        Assert.Equal((Records, Records), (lines, calls.Requested));
        await AssertStoredOnceAsync(deployment.Mock, id);
        await Invariants.AssertListsAndCountersAsync(deployment, Cancelled);
        Assert.All(
            memory.Where(service => service.Name != deployment.MockProcess.Name),
            service => Assert.True(!(service.PeakMemoryMiB >= MostMiB), $"{service.Name}: {service.PeakMemoryMiB} MiB")
        );
        Assert.InRange(largest, 1, 256 * 1024);
    }

    private static async Task<(TimeSpan Slowest, int Largest)> PollToEndAsync(Deployment deployment, string id)
    {
        var (slowest, largest) = (TimeSpan.Zero, 0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (
            var clock = Stopwatch.StartNew();
            clock.Elapsed < TimeSpan.FromMinutes(15);
            await timer.WaitForNextTickAsync(Cancelled)
        )
        {
            var began = clock.Elapsed;
            var task = await deployment.Admin.GetAsync($"/api/tasks/{id}", Cancelled);
            slowest = clock.Elapsed - began > slowest ? clock.Elapsed - began : slowest;
            largest = Math.Max(largest, task.GetRawText().Length);
            if (task.GetProperty("status").GetString() is not ("queued" or "running"))
            {
                Assert.Equal(
                    ("succeeded", Records, 0),
                    (
                        task.GetProperty("status").GetString(),
                        task.GetProperty("completed").GetInt32(),
                        task.GetProperty("failures").GetInt32()
                    )
                );
                return (slowest, largest);
            }
        }

        throw new TimeoutException($"{Records} records were not made within 15 minutes.");
    }

    // Pages from the beginning, the middle and the end, by index.
    private static async Task<Dictionary<int, string>> ReadSamplesAsync(Deployment deployment, string id)
    {
        var samples = new Dictionary<int, string>();
        foreach (var offset in (int[])[0, (Records / 2) - 500, Records - 1000])
        {
            var page = await deployment.Admin.GetAsync(
                $"/api/tasks/{id}/records?limit=1000&offset={offset}",
                Cancelled
            );
            foreach (var record in page.GetProperty("items").EnumerateArray())
            {
                samples.Add(record.GetProperty("index").GetInt32(), record.GetProperty("data").GetRawText());
            }

            Assert.True(
                Enumerable.Range(offset, 1000).All(samples.ContainsKey),
                $"The page at {offset} holds the records from {offset} on."
            );
        }

        return samples;
    }

    private static async Task<int> CountLinesAsync(Deployment deployment, string id, Dictionary<int, string> samples)
    {
        await using var download = await deployment.Admin.OpenDownloadAsync(id, "jsonl", Cancelled);
        using var reader = new StreamReader(download);
        var lines = 0;
        for (; await reader.ReadLineAsync(Cancelled) is { } line; lines++)
        {
            if (samples.TryGetValue(lines, out var expected))
            {
                Assert.Equal(expected, line);
            }
        }

        return lines;
    }

    private static async Task AssertStoredOnceAsync(MockNode mock, string id)
    {
        var stored = await StoredTask.ReadAsync(mock, id, Cancelled);
        Assert.Equal(Records, stored.CountedIndices.Count);
        Assert.Equal(Records, stored.AllIndices.Count);
        Assert.Equal((0, Records - 1), (stored.AllIndices.Min(), stored.AllIndices.Max()));
    }
}
