namespace DataGen.Bench.Floor;

/// <summary>A store that confirms each write after a second, beside one that does so at once.</summary>
internal static class StoreRows
{
    private const int Records = 40_000;

    public static async Task MeasureAsync()
    {
        using var server = Launch.Own(1, "serve", "50");
        var address = new Uri(await server.ReadAsync());
        using var product = Launch.Standalone(0, address, 64);
        using var slow = Launch.Standalone(0, address, 64, ("MOCK_CSTORE_WRITE_LATENCY_MS", "1000"));
        await Task.WhenAll(product.SignInAsync(), slow.SignInAsync());

        // Both at the same time: the model, not the processor, is what they wait for.
        var made = await Task.WhenAll(product.MakeAsync(Records), slow.MakeAsync(Records));
        const string what = "40,000 records, 50 ms, 64 in flight, a second for each write of the store; beside it none";
        Row.Of(what, made[0], made[1], "≥ 0.91", slow).Print();
    }
}
