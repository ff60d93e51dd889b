using System.Diagnostics;

namespace DataGen.Bench.Floor;

/// <summary>From the start of the program to the first record stored: waited for, signed in to, asked.</summary>
internal static class StartRows
{
    private const int Tries = 3;

    public static async Task MeasureAsync()
    {
        using var server = Launch.Own(null, "serve", "0");
        var address = new Uri(await server.ReadAsync());
        await MeasureAsync("Standalone", () => Launch.Standalone(null, address, 32));
        await MeasureAsync("AppHost", () => Launch.AppHost(address));
    }

    private static async Task MeasureAsync(string what, Func<Product> start)
    {
        var (taken, memory) = (new List<TimeSpan>(), 0);
        for (var time = 0; time < Tries; time++)
        {
            var watch = Stopwatch.StartNew();
            using var product = start();
            await product.SignInAsync();
            await product.EndAsync(await product.CreateAsync(1), 1);
            taken.Add(watch.Elapsed);
            memory = product.PeakMemory;
        }

        new Row(
            $"cold start to the first record, {what} (median of three)",
            "",
            Row.Time(taken.Percentile(0.5)),
            Ratio: null,
            Memory: what == "Standalone" ? memory : null
        ).Print();
    }
}
