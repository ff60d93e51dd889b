using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>How near the whole product is to a bare loop of calls: both make the same records from the same server, one
/// after the other, on one processor; the server has another. Compare the ratios of one run, not the figures of two
/// machines.</summary>
internal static class FloorTiming
{
    /// <summary>What both ask for.</summary>
    public const string Prompt =
        "A customer of an online book shop: id, full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";

    /// <summary>What the smoke test demands of the first row: the loop's processor time to the product's, which
    /// neighbours on the machine hardly change. docs/performance.md says why it is not more.</summary>
    private const double LeastOfSmoke = 0.25;

    // The compiler works on in the background.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SettlesOfSmoke = TimeSpan.FromSeconds(2);

    private static readonly (string Name, Func<Task> Measure)[] Parts =
    [
        (
            "calls",
            () => CompareAsync(20_000, 0, 64, rounds: 4, "≥ 0.50", "≥ 0.80", Settles, FurtherRows.OfNoLatencyAsync)
        ),
        (
            "latency",
            () => CompareAsync(20_000, 50, 256, rounds: 4, "≥ 0.80", "≥ 0.95", Settles, FurtherRows.OfFaultsAsync)
        ),
        ("slow", () => CompareAsync(4_000, 200, 100, rounds: 2, cold: null, "≥ 0.98", Settles)),
        ("store", StoreRows.MeasureAsync),
        ("list", ListRows.MeasureAsync),
        ("progress", ProgressRows.MeasureAsync),
        ("runners", RunnerRows.MeasureAsync),
        ("start", StartRows.MeasureAsync),
    ];

    /// <summary>All rows, or those of the parts named.</summary>
    /// <returns>Whether there are such parts.</returns>
    public static async Task<bool> RunAsync(string[] parts)
    {
        if (parts.FirstOrDefault(name => Parts.All(part => part.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync(
                $"There is no part '{unknown}'; there are {string.Join(", ", Parts.Select(part => part.Name))}."
            );
            return false;
        }

        PrintHead();
        foreach (var (name, measure) in Parts)
        {
            if (parts is [] || parts.Contains(name))
            {
                await measure();
            }
        }

        return true;
    }

    /// <summary>The first row, shortened.</summary>
    /// <returns>Whether its bound holds.</returns>
    public static async Task<bool> SmokeAsync()
    {
        PrintHead();
        var ratio = await CompareAsync(20_000, 0, 64, rounds: 5, cold: null, "≥ 0.80", SettlesOfSmoke);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The loop's processor time is {ratio:0.00} of the product's; {LeastOfSmoke:0.00} is the least that passes."
            )
        );
        return ratio >= LeastOfSmoke;
    }

    private static void PrintHead()
    {
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors; the product is one process with its store, telemetry on; records a second unless a unit stands there"
        );
        Row.PrintHead();
    }

    // Rounds in turn; the first is cold, the last warm. The ratio of processor time of the warm ones.
    private static async Task<double> CompareAsync(
        int records,
        int latency,
        int concurrency,
        int rounds,
        string? cold,
        string warm,
        TimeSpan pause,
        Func<Product, Uri, Task>? further = null
    )
    {
        using var server = Launch.Own(1, "serve", $"{latency}");
        var address = new Uri(await server.ReadAsync());
        using var loop = Launch.Own(0, "loop", $"{address}", $"{concurrency}");
        using var product = Launch.Standalone(0, address, concurrency);
        await product.SignInAsync();
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{records:N0} records, {latency} ms, {concurrency} in flight"
        );
        var ratio = 0.0;
        var before = new Cost(loop.ProcessorTime, 0);
        for (var round = 0; round < rounds; round++)
        {
            await loop.WriteAsync(records.ToString(CultureInfo.InvariantCulture));
            var answer = (await loop.ReadAsync()).Split(' ');
            var after = new Cost(loop.ProcessorTime, double.Parse(answer[1], CultureInfo.InvariantCulture));
            var seconds = double.Parse(answer[0], CultureInfo.InvariantCulture);
            var bare = new Made("", records / seconds, seconds, (after - before) / records);
            before = after;
            var made = await product.MakeAsync(records);
            ratio = bare.Cost.Processor / made.Cost.Processor;
            if (round == 0 && cold is not null)
            {
                Row.Of($"{what}, cold", bare, made, cold, product).Print();
            }
            else if (round == rounds - 1)
            {
                Row.Of($"{what}, warm", bare, made, warm, product).Print();
            }

            await Task.Delay(round == rounds - 1 && further is null ? TimeSpan.Zero : pause);
        }

        await (further?.Invoke(product, address) ?? Task.CompletedTask);
        return ratio;
    }
}
