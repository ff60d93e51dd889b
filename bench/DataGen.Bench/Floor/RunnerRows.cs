namespace DataGen.Bench.Floor;

/// <summary>Three Runners beside one, where what each may have in flight bounds them, and not the processors they
/// share.</summary>
internal static class RunnerRows
{
    private const int AtOnce = 6;
    private const int Records = 1_000;

    public static async Task MeasureAsync()
    {
        using var server = Launch.Own(null, "serve", "250");
        var address = new Uri(await server.ReadAsync());
        var (one, three) = (await MakeAsync(address, 1), await MakeAsync(address, 3));
        new Row(
            "6 tasks of 1,000 records, 250 ms, 64 in flight for each of three Runners; beside it one",
            Row.Rate(one.Rate),
            Row.Rate(three.Rate),
            three.Rate / one.Rate,
            "≥ 2.70",
            (one.Cost, three.Cost),
            three.Memory
        ).Print();
    }

    // From the first record begun to the last one stored.
    private static async Task<(double Rate, Cost Cost, int Memory)> MakeAsync(Uri server, int runners)
    {
        using var product = Launch.Services(server, 64, runners);
        await product.SignInAsync();
        await product.MakeAsync(Records);
        var before = product.ProcessorTime;
        var tasks = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => product.CreateAsync(Records)));
        var ended = await Task.WhenAll(tasks.Select(task => product.EndAsync(task, Records)));
        var seconds = (
            ended.Max(task => task.GetProperty("finishedAt").GetDateTimeOffset())
            - ended.Min(task => task.GetProperty("startedAt").GetDateTimeOffset())
        ).TotalSeconds;
        var cost = new Cost(product.ProcessorTime - before, Allocated: null) / (AtOnce * Records);
        return (AtOnce * Records / seconds, cost, product.PeakMemory);
    }
}
