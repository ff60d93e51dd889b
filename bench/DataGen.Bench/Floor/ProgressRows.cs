using System.Diagnostics;
using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>Viewers who watch a task: what they cost, and how old what they see is.</summary>
internal static class ProgressRows
{
    private const int Records = 40_000;
    private const int Viewers = 20;
    private const int Tries = 3;

    public static async Task MeasureAsync()
    {
        using var server = Launch.Own(1, "serve", "50");
        var address = new Uri(await server.ReadAsync());
        using var product = Launch.Standalone(0, address, 256);
        using var http = new HttpClient { BaseAddress = address };
        await product.SignInAsync();
        await product.MakeAsync(Records);
        var (alone, watched) = (new List<Made>(), new List<Made>());
        var (atArrival, atWorst) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var time = 0; time < Tries; time++)
        {
            alone.Add(await product.MakeAsync(Records));
            var earlier = (await AnsweredAsync()).Length;
            var viewers = new List<Task<List<(int Completed, long At)>>>();
            watched.Add(
                await product.MakeAsync(
                    Records,
                    created: task =>
                        viewers.AddRange(Enumerable.Range(0, Viewers).Select(_ => product.WatchAsync(task)))
                )
            );
            var answered = (await AnsweredAsync())[earlier..];
            foreach (var seen in await Task.WhenAll(viewers))
            {
                var before = 0;
                foreach (var (completed, at) in seen.Where(each => each.Completed > 0))
                {
                    // Of the newest record it tells of, and of the oldest of which nothing told before.
                    atArrival.Add(Stopwatch.GetElapsedTime(answered[completed - 1], at));
                    if (completed > before)
                    {
                        atWorst.Add(Stopwatch.GetElapsedTime(answered[before], at));
                        before = completed;
                    }
                }
            }
        }

        const string what = "40,000 records, 50 ms, 256 in flight, 20 viewers; beside it none (medians of three)";
        Row.Of(what, Made.Median(alone), Made.Median(watched), "≥ 0.95", product).Print();
        Print("from an answer of the model to a viewer who is told of it, p99", atArrival, 0.99);
        Print("the same, p50", atArrival, 0.5);
        Print("the same, of the record that waited longest for an event, p99", atWorst, 0.99);

        static void Print(string what, List<TimeSpan> lags, double share) =>
            new Row(what, "", Row.Time(lags.Percentile(share)), Ratio: null, "≤ 300 ms").Print();

        async Task<long[]> AnsweredAsync() =>
            [
                .. (await http.GetStringAsync(LoadServer.Answered))
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => long.Parse(line, CultureInfo.InvariantCulture)),
            ];
    }
}
