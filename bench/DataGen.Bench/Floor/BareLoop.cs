using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace DataGen.Bench.Floor;

/// <summary>The floor: calls, answers read, records written to a file, and nothing else. A process of its own, which
/// makes as many records as each line of its input says and answers with the seconds that took and the bytes allocated
/// since the start.</summary>
internal static class BareLoop
{
    /// <param name="server">The inference server.</param>
    /// <param name="concurrency">Calls in flight.</param>
    public static async Task RunAsync(Uri server, int concurrency)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler
            {
                MaxConnectionsPerServer = concurrency,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
        {
            BaseAddress = server,
        };
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var seconds = await MakeAsync(http, int.Parse(line, CultureInfo.InvariantCulture), concurrency);
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {GC.GetTotalAllocatedBytes()}")
            );
        }
    }

    private static async Task<double> MakeAsync(HttpClient http, int records, int concurrency)
    {
        var file = System.IO.Path.GetTempFileName();
        var watch = Stopwatch.StartNew();
        await using (var output = new StreamWriter(file))
        {
            var next = -1;
            var writing = new Lock();
            await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => WorkAsync()));

            async Task WorkAsync()
            {
                while (Interlocked.Increment(ref next) is var index && index < records)
                {
                    var request = new
                    {
                        model = "bench",
                        messages = new[]
                        {
                            new
                            {
                                role = "system",
                                content = "You generate synthetic data. Answer with exactly one JSON object and nothing else.",
                            },
                            new
                            {
                                role = "user",
                                content = $"{FloorTiming.Prompt}\n\nThis is record {index + 1} of {records}.",
                            },
                        },
                        max_tokens = 1024,
                        response_format = new { type = "json_object" },
                    };
                    using var response = await http.PostAsJsonAsync(LoadServer.Path, request);
                    response.EnsureSuccessStatusCode();
                    using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
                    var content = answer
                        .RootElement.GetProperty("choices")[0]
                        .GetProperty("message")
                        .GetProperty("content")
                        .GetString()!;
                    using var record = JsonDocument.Parse(content);
                    lock (writing)
                    {
                        output.WriteLine(content);
                    }
                }
            }
        }

        var taken = watch.Elapsed.TotalSeconds;
        File.Delete(file);
        return taken;
    }
}
