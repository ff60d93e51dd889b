using System.Globalization;
using System.Reflection;

namespace DataGen.Bench.Floor;

/// <summary>How near the whole product is to a bare loop of calls: both make the same records from the same server, one after the
/// other, on one processor; the server has another. Compare the ratios of one run, not the figures of two machines.</summary>
internal static class FloorTiming
{
    /// <summary>What both ask for.</summary>
    public const string Prompt =
        "A customer of an online book shop: id, full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";

    /// <summary>What the smoke test demands of the first row: the loop's processor time to the product's, which neighbours on the
    /// machine hardly change. docs/performance.md says why it is not more.</summary>
    private const double LeastOfSmoke = 0.2;

    // The compiler works on in the background.
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan SettlesOfSmoke = TimeSpan.FromSeconds(2);
    private static readonly string Self = Assembly.GetExecutingAssembly().Location;

    /// <summary>All rows, or with <paramref name="isSmoke"/> the first, shortened.</summary>
    /// <returns>Whether the smoke test's bound holds; always true without it.</returns>
    public static async Task<bool> RunAsync(bool isSmoke)
    {
        Console.WriteLine(
            $"{Environment.ProcessorCount} processors; the product is one process with its store, telemetry on; records a second"
        );
        Console.WriteLine("| | beside it | DataGen | ratio | wanted | CPU a record, both | peak memory |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        if (isSmoke)
        {
            var ratio = await CompareAsync(
                10_000,
                latency: 0,
                concurrency: 64,
                rounds: 4,
                cold: null,
                0.8,
                SettlesOfSmoke
            );
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loop's processor time is {ratio:0.00} of the product's; {LeastOfSmoke:0.00} is the least that passes."
                )
            );
            return ratio >= LeastOfSmoke;
        }

        await CompareAsync(
            20_000,
            latency: 0,
            concurrency: 64,
            rounds: 4,
            0.5,
            0.8,
            Settles,
            FurtherRows.OfNoLatencyAsync
        );
        await CompareAsync(
            20_000,
            latency: 50,
            concurrency: 256,
            rounds: 4,
            0.8,
            0.95,
            Settles,
            FurtherRows.OfFaultsAsync
        );
        await CompareAsync(4_000, latency: 200, concurrency: 100, rounds: 2, cold: null, 0.98, Settles);
        return true;
    }

    /// <summary>Tells a row.</summary>
    /// <param name="what">What was made.</param>
    /// <param name="beside">The rate of what it is compared with.</param>
    /// <param name="made">The product's.</param>
    /// <param name="ratio">How they compare.</param>
    /// <param name="wanted">The least ratio wanted.</param>
    /// <param name="cost">Processor time of each for a record; null: it was not measured.</param>
    /// <param name="memory">The product's peak of memory until now, in MiB.</param>
    public static void Tell(
        string what,
        double beside,
        double made,
        double ratio,
        double? wanted,
        (TimeSpan Beside, TimeSpan Made)? cost,
        int memory
    ) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {beside:N0} | {made:N0} | {ratio:0.00} | {wanted:0.00} | {(cost is { } each ? $"{each.Beside.TotalMicroseconds:0} · {each.Made.TotalMicroseconds:0} µs" : "")} | {memory} MiB |"
            )
        );

    // Rounds in turn; the first is cold, the last warm. The ratio of processor time of the warm ones.
    private static async Task<double> CompareAsync(
        int records,
        int latency,
        int concurrency,
        int rounds,
        double? cold,
        double warm,
        TimeSpan pause,
        Func<Product, Uri, Task>? further = null
    )
    {
        using var server = new BenchProcess(1, Self, ["serve", $"{latency}"]);
        var address = new Uri(await server.ReadAsync());
        using var loop = new BenchProcess(0, Self, ["loop", address.ToString(), $"{concurrency}"]);
        using var product = new Product(0, address, concurrency);
        await product.SignInAsync();
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"{records:N0} records, {latency} ms, {concurrency} in flight"
        );
        var ratio = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var before = loop.ProcessorTime;
            await loop.WriteAsync(records.ToString(CultureInfo.InvariantCulture));
            var bare = records / double.Parse(await loop.ReadAsync(), CultureInfo.InvariantCulture);
            var cost = (loop.ProcessorTime - before) / records;
            var made = await product.MakeAsync(records);
            ratio = cost / made.Cost;
            var isCold = round == 0 && cold is not null;
            if (isCold || round == rounds - 1)
            {
                Tell(
                    $"{what}, {(isCold ? "cold" : "warm")}",
                    bare,
                    made.Rate,
                    made.Rate / bare,
                    isCold ? cold : warm,
                    (cost, made.Cost),
                    product.Process.PeakMemory
                );
            }

            await Task.Delay(round == rounds - 1 && further is null ? TimeSpan.Zero : pause);
        }

        await (further?.Invoke(product, address) ?? Task.CompletedTask);
        return ratio;
    }
}
