namespace DataGen.Bench.Floor;

/// <summary>The first page of many tasks while some run, beside an answer that needs nothing.</summary>
internal static class ListRows
{
    private const int Tasks = 1_000;
    private const int Running = 20;
    private const int AtOnce = 16;
    private const int Times = 1_000;

    public static async Task MeasureAsync()
    {
        using var server = Launch.Own(1, "serve", "200");
        using var product = Launch.Standalone(0, new Uri(await server.ReadAsync()), 64);
        await product.SignInAsync();
        await Parallel.ForAsync(
            0,
            Tasks - Running,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, _) => await product.EndAsync(await product.CreateAsync(1), 1)
        );
        for (var task = 0; task < Running; task++)
        {
            await product.CreateAsync(100_000);
        }

        while (await product.CountRunningAsync() < Running)
        {
            await Task.Delay(100);
        }

        var (alive, list) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var time = 0; time < Times; time++)
        {
            alive.Add(await product.GetAsync("/alive"));
            list.Add(await product.GetAsync("/api/tasks"));
        }

        Print("GET /api/tasks, 1,000 tasks of which 20 run, p99; beside it /alive", 0.99, "≤ 5.00");
        Print("the same, p50", 0.5, "");

        void Print(string what, double share, string wanted)
        {
            var (beside, made) = (alive.Percentile(share), list.Percentile(share));
            new Row(what, Row.Time(beside), Row.Time(made), made / beside, wanted, Memory: product.PeakMemory).Print();
        }
    }
}
