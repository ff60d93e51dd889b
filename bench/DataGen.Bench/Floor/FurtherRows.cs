namespace DataGen.Bench.Floor;

/// <summary>What the product is compared with besides the bare loop: itself, with less to do.</summary>
internal static class FurtherRows
{
    private const int Records = 20_000;
    private const int Few = 10_000;
    private const int Many = 100_000;

    private const string SchemaAndUnique = """
        {"unique":[["id"]],"schema":{"type":"object","required":["id","name","email","age"],
        "properties":{"id":{"type":"integer"},"name":{"type":"string"},"email":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90}}}}
        """;

    /// <summary>Records with a schema that may not repeat each other, beside plain ones; a large task beside a small one; its
    /// records as files, beside a copy of the file.</summary>
    public static async Task OfNoLatencyAsync(Product product, Uri server)
    {
        // The first one has its code compiled.
        await product.MakeAsync(Records, SchemaAndUnique);
        var plain = await product.MakeAsync(Records);
        var checkedToo = await product.MakeAsync(Records, SchemaAndUnique);
        Tell(product, "20,000 records, 0 ms, schema and unique; beside it plain", plain, checkedToo, wanted: 0.8);

        var few = await product.MakeAsync(Few);
        var many = await product.MakeAsync(Many);
        Tell(product, "100,000 records, 0 ms; beside it 10,000", few, many, wanted: 1 / 1.1);

        foreach (var (format, wanted) in ((string, double?)[])[("jsonl", 0.5), ("csv", null), ("parquet", null)])
        {
            await ExportAsync(product, many.Task, format, wanted);
        }
    }

    /// <summary>Two calls of a hundred refused for a second, one failed. The ratio is the time it takes without them and a second
    /// more, to the time it takes.</summary>
    public static async Task OfFaultsAsync(Product product, Uri server)
    {
        var clean = await product.MakeAsync(Records);
        using var http = new HttpClient();
        using var told = await http.PostAsync(new Uri(server, LoadServer.Faults), null);
        told.EnsureSuccessStatusCode();
        var made = await product.MakeAsync(Records);
        FloorTiming.Tell(
            "20,000 records, 50 ms, 2 % 429 and 1 % 500; beside it without",
            clean.Rate,
            made.Rate,
            (clean.Seconds + 1) / made.Seconds,
            0.92,
            (clean.Cost, made.Cost),
            product.Process.PeakMemory
        );
    }

    private static void Tell(Product product, string what, Made beside, Made made, double wanted) =>
        FloorTiming.Tell(
            what,
            beside.Rate,
            made.Rate,
            made.Rate / beside.Rate,
            wanted,
            (beside.Cost, made.Cost),
            product.Process.PeakMemory
        );

    private static async Task ExportAsync(Product product, string task, string format, double? wanted)
    {
        var (file, copy) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            var taken = await product.ExportAsync(task, format, file);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await using (var from = File.OpenRead(file))
            await using (var to = File.Create(copy))
            {
                await from.CopyToAsync(to);
            }

            var copied = watch.Elapsed.TotalSeconds;
            FloorTiming.Tell(
                $"its file as {format}, {new FileInfo(file).Length / 1e6:0.0} MB; beside it a copy of the file",
                Many / copied,
                Many / taken,
                copied / taken,
                wanted,
                cost: null,
                product.Process.PeakMemory
            );
        }
        finally
        {
            File.Delete(file);
            File.Delete(copy);
        }
    }
}
