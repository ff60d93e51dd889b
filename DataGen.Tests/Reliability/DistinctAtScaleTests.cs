using System.Globalization;
using System.Net;
using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>Very many records that have to differ, made by three silos of which one is killed twice, beside the same
/// task without that wish. A million of them, which take half an hour alone, with
/// <c>DATAGEN_TEST_RECORDS=1000000</c>.</summary>
[Collection(ExclusiveCollectionDefinition.Name)]
public sealed class DistinctAtScaleTests
{
    private static readonly int Records = int.TryParse(
        Environment.GetEnvironmentVariable("DATAGEN_TEST_RECORDS"),
        CultureInfo.InvariantCulture,
        out var asked
    )
        ? asked
        : 20_000;

    // Seconds.
    private static readonly int Patience = Math.Max(120, Records / 400);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_silos_of_which_one_dies_twice_make_records_that_all_differ_in_little_more_memory()
    {
        var plain = await MakeAsync(isUnique: false);
        var unique = await MakeAsync(isUnique: true);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Records} records on three silos, one killed twice: plain {Records / plain.Seconds:0}/s and {plain.PeakMiB} MiB, distinct {Records / unique.Seconds:0}/s and {unique.PeakMiB} MiB of the largest Tasks; rate {plain.Seconds / unique.Seconds:0.00}, memory {(double)unique.PeakMiB / plain.PeakMiB:0.00}; rejected {unique.Rejected}"
            )
        );

        Assert.Equal((0, Records), (plain.Rejected, unique.Distinct));
        // One answer in a hundred is the first one again; every one of those was rejected and made up for.
        Assert.InRange(unique.Rejected, Records / 200, Records / 50);
        Assert.True(unique.PeakMiB <= (1.3 * plain.PeakMiB) + 40, $"{unique.PeakMiB} MiB, plain {plain.PeakMiB} MiB");
    }

    private static async Task<Run> MakeAsync(bool isUnique)
    {
        await using var deployment = await Deployment.StartAsync(
            new DeploymentPlan
            {
                Tasks = 3,
                HasRedis = true,
                LatencyMs = 0,
                Concurrency = 256,
                MaxRecords = Records,
                RecordsPerShard = Records / 3,
            },
            Cancelled
        );
        await deployment.Mock.SetFaultsAsync("""{"inference":{"latencyMs":0,"duplicateRate":0.01}}""", Cancelled);
        var task = await deployment.Admin.PostAsync(
            "/api/tasks",
            JsonElement.Parse(
                $$"""{"prompt":"A reading: uuid, value 1-999","count":{{Records}}{{(
                    isUnique ? ",\"unique\":[[\"uuid\"]]" : ""
                )}}}"""
            ),
            HttpStatusCode.Created,
            Cancelled
        );
        var id = task.GetProperty("id").GetString()!;
        foreach (var share in (double[])[0.25, 0.6])
        {
            await deployment.UntilAsync(
                id,
                now => now.GetProperty("completed").GetInt32() > Records * share,
                Cancelled,
                seconds: Patience
            );
            await deployment.Tasks[2].KillAsync();
            await deployment.Tasks[2].StartAsync(Cancelled);
        }

        var ended = await deployment.UntilAsync(
            id,
            now => now.GetProperty("status").GetString() is not ("queued" or "running"),
            Cancelled,
            seconds: Patience
        );
        Assert.Equal(
            ("succeeded", Records, 0),
            (
                ended.GetProperty("status").GetString(),
                ended.GetProperty("completed").GetInt32(),
                ended.GetProperty("failures").GetInt32()
            )
        );
        var (lines, distinct) = await CountAsync(deployment, id);
        Assert.Equal(Records, lines);
        return new Run(
            (
                ended.GetProperty("finishedAt").GetDateTimeOffset() - ended.GetProperty("startedAt").GetDateTimeOffset()
            ).TotalSeconds,
            distinct,
            deployment.Tasks.Take(2).Max(tasks => tasks.PeakMemoryMiB ?? 0),
            ended.TryGetProperty("rejected", out var rejected) ? rejected.GetProperty("duplicate").GetInt32() : 0
        );
    }

    private static async Task<(int Lines, int Distinct)> CountAsync(Deployment deployment, string id)
    {
        var (lines, ids) = (0, new HashSet<Guid>());
        using var reader = new StreamReader(await deployment.Admin.OpenDownloadAsync(id, "jsonl", Cancelled));
        for (; await reader.ReadLineAsync(Cancelled) is { } line; lines++)
        {
            ids.Add(JsonElement.Parse(line).GetProperty("uuid").GetGuid());
        }

        return (lines, ids.Count);
    }

    private sealed record Run(double Seconds, int Distinct, int PeakMiB, int Rejected);
}
