using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Bench.Floor;

/// <summary>The product, asked as a script asks it.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="data">What it keeps; gone with this.</param>
/// <param name="processes">What it is made of.</param>
internal sealed class Product(Uri address, DirectoryInfo data, IReadOnlyList<BenchProcess> processes) : IDisposable
{
    /// <summary>The administrator's.</summary>
    public const string Password = "a-password-of-the-benchmark";

    private static readonly TimeSpan LooksAgain = TimeSpan.FromMilliseconds(20);
    private readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>The most memory its processes have had, in MiB.</summary>
    public int PeakMemory => processes.Sum(process => process.PeakMemory);

    /// <summary>Processor time they have used.</summary>
    public TimeSpan ProcessorTime => processes.Aggregate(TimeSpan.Zero, (sum, each) => sum + each.ProcessorTime);

    /// <summary>Waits until it can be signed in to, and signs in.</summary>
    public async Task SignInAsync()
    {
        while (!await IsAliveAsync())
        {
            await Task.Delay(LooksAgain);
        }

        while (true)
        {
            using var answer = await http.PostAsJsonAsync(
                "/api/auth/token",
                new { username = "admin", password = Password }
            );

            // Until it has found its administrator.
            if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(LooksAgain);
                continue;
            }

            var token = JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                token.GetProperty("accessToken").GetString()
            );
            return;
        }
    }

    /// <summary>Has records made.</summary>
    /// <param name="records">How many.</param>
    /// <param name="more">What the definition says besides, as members of an object.</param>
    /// <param name="created">Is told the task's id.</param>
    public async Task<Made> MakeAsync(int records, string more = "{}", Action<string>? created = null)
    {
        var before = await SpentAsync();
        var id = await CreateAsync(records, more);
        created?.Invoke(id);
        var ended = await EndAsync(id, records);
        var seconds = (
            ended.GetProperty("finishedAt").GetDateTimeOffset() - ended.GetProperty("startedAt").GetDateTimeOffset()
        ).TotalSeconds;
        return new Made(id, records / seconds, seconds, (await SpentAsync() - before) / records);
    }

    /// <summary>Creates a task.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(int records, string more = "{}")
    {
        var task = JsonNode.Parse(more)!.AsObject();
        task["prompt"] = FloorTiming.Prompt;
        task["count"] = records;
        using var created = await http.PostAsJsonAsync("/api/tasks", task);
        return JsonElement
            .Parse(await created.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
            .GetProperty("id")
            .GetString()!;
    }

    /// <summary>Waits until a task has made all its records.</summary>
    public async Task<JsonElement> EndAsync(string task, int records)
    {
        while (true)
        {
            var now = JsonElement.Parse(await http.GetStringAsync($"/api/tasks/{task}"));
            switch (now.GetProperty("status").GetString())
            {
                case "queued" or "running":
                    await Task.Delay(records == 1 ? LooksAgain : LooksAgain * 10);
                    continue;
                case "succeeded"
                    when now.GetProperty("completed").GetInt32() == records
                        && now.GetProperty("failures").GetInt32() == 0:
                    return now;
                default:
                    throw new InvalidOperationException($"Not all records were made: {now}");
            }
        }
    }

    /// <summary>How long an answer takes, all of it read.</summary>
    public async Task<TimeSpan> GetAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        await http.GetByteArrayAsync(path);
        return watch.Elapsed;
    }

    /// <summary>How many tasks run.</summary>
    public async Task<int> CountRunningAsync() =>
        JsonElement.Parse(await http.GetStringAsync("/api/tasks?status=running")).GetProperty("total").GetInt32();

    /// <summary>Watches a task to its end.</summary>
    /// <returns>How many records each event told of, and when.</returns>
    public async Task<List<(int Completed, long At)>> WatchAsync(string task)
    {
        const string data = "data: ";
        var seen = new List<(int, long)>();
        using var events = new StreamReader(await http.GetStreamAsync($"/api/tasks/{task}/events"));
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(data, StringComparison.Ordinal))
            {
                var at = Stopwatch.GetTimestamp();
                seen.Add((JsonElement.Parse(line.AsSpan(data.Length)).GetProperty("completed").GetInt32(), at));
            }
        }

        return seen;
    }

    /// <summary>Writes a task's records to a file, until the disk has them.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> ExportAsync(string task, string format, string path)
    {
        var watch = Stopwatch.StartNew();
        await using var file = File.Create(path);
        await using var records = await http.GetStreamAsync($"/api/tasks/{task}/export?format={format}");
        await records.CopyToAsync(file);
        file.Flush(flushToDisk: true);
        return watch.Elapsed;
    }

    public void Dispose()
    {
        foreach (var process in processes)
        {
            process.Dispose();
        }

        http.Dispose();
        data.Delete(recursive: true);
    }

    private async Task<bool> IsAliveAsync()
    {
        try
        {
            using var answer = await http.GetAsync("/alive");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Only a product of one process is started so that it tells what it has allocated.
    private async Task<Cost> SpentAsync()
    {
        if (processes is not [var process])
        {
            return new Cost(ProcessorTime, Allocated: null);
        }

        await process.WriteAsync("");
        var allocated = await process.ReadAsync(StartupHook.Answer);
        return new Cost(ProcessorTime, long.Parse(allocated, CultureInfo.InvariantCulture));
    }
}
