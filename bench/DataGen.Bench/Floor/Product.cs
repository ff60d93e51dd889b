using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Bench.Floor;

/// <summary>The whole product in one process, its store beside it on disk, asked as a script asks it.</summary>
internal sealed class Product : IDisposable
{
    private const string Password = "a-password-of-the-benchmark";
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("datagen-bench-");
    private readonly BenchProcess process;
    private readonly HttpClient http = new();

    /// <param name="processor">Its processor.</param>
    /// <param name="server">The inference server.</param>
    /// <param name="concurrency">Calls in flight.</param>
    public Product(int processor, Uri server, int concurrency)
    {
        var port = FreePort();
        http.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        process = new BenchProcess(
            processor,
            Path.Combine(
                AppContext.BaseDirectory,
                "../../../../../DataGen.Standalone/bin/Release/net10.0/DataGen.Standalone.dll"
            ),
            [],
            new Dictionary<string, string>
            {
                ["DATAGEN_APP_HOST"] = "127.0.0.1",
                ["DATAGEN_APP_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["DATAGEN_DATA_DIR"] = data.FullName,
                ["DATAGEN_INFERENCE_BASE_URL"] = server.ToString(),
                ["DATAGEN_INFERENCE_PATH"] = LoadServer.Path,
                ["DATAGEN_INFERENCE_MODEL"] = "bench",
                ["DATAGEN_MAX_CONCURRENCY"] = concurrency.ToString(CultureInfo.InvariantCulture),
                ["DATAGEN_MAX_RECORDS_PER_JOB"] = "10000000",
                ["DATAGEN_TASKS_PER_MINUTE"] = "1000",
                ["R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD"] = Password,
            }
        );
    }

    /// <summary>The process.</summary>
    public BenchProcess Process => process;

    /// <summary>Waits until it can be signed in to, and signs in.</summary>
    public async Task SignInAsync()
    {
        while (!(await process.ReadAsync()).Contains("Ctrl-C", StringComparison.Ordinal))
        {
            // Its other lines say where it is.
        }

        using var answer = await http.PostAsJsonAsync(
            "/api/auth/token",
            new { username = "admin", password = Password }
        );
        var token = JsonElement.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            token.GetProperty("accessToken").GetString()
        );
    }

    /// <summary>Has records made.</summary>
    /// <param name="records">How many.</param>
    /// <param name="more">What the definition says besides, as members of an object.</param>
    public async Task<Made> MakeAsync(int records, string more = "{}")
    {
        var task = JsonNode.Parse(more)!.AsObject();
        task["prompt"] = FloorTiming.Prompt;
        task["count"] = records;
        var before = process.ProcessorTime;
        using var created = await http.PostAsJsonAsync("/api/tasks", task);
        var id = JsonElement
            .Parse(await created.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
            .GetProperty("id")
            .GetString()!;
        while (true)
        {
            await Task.Delay(200);
            var now = JsonElement.Parse(await http.GetStringAsync($"/api/tasks/{id}"));
            switch (now.GetProperty("status").GetString())
            {
                case "queued" or "running":
                    continue;
                case "succeeded"
                    when now.GetProperty("completed").GetInt32() == records
                        && now.GetProperty("failures").GetInt32() == 0:
                    var seconds = (
                        now.GetProperty("finishedAt").GetDateTimeOffset()
                        - now.GetProperty("startedAt").GetDateTimeOffset()
                    ).TotalSeconds;
                    return new Made(id, records / seconds, seconds, (process.ProcessorTime - before) / records);
                default:
                    throw new InvalidOperationException($"Not all records were made: {now}");
            }
        }
    }

    /// <summary>Writes a task's records to a file.</summary>
    /// <returns>The seconds that took.</returns>
    public async Task<double> ExportAsync(string task, string format, string path)
    {
        var watch = Stopwatch.StartNew();
        await using var file = File.Create(path);
        await using var records = await http.GetStreamAsync($"/api/tasks/{task}/export?format={format}");
        await records.CopyToAsync(file);
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        process.Dispose();
        http.Dispose();
        data.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
