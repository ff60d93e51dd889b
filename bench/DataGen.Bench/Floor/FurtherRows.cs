using System.Diagnostics;
using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>What the product is compared with besides the bare loop: itself, with less to do.</summary>
internal static class FurtherRows
{
    private const int Records = 20_000;
    private const int Few = 10_000;
    private const int Many = 100_000;
    private const int Million = 1_000_000;
    private const int Tries = 3;

    private const string SchemaAndUnique = """
        {"unique":[["id"]],"schema":{"type":"object","required":["id","name","email","age"],
        "properties":{"id":{"type":"integer"},"name":{"type":"string"},"email":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90}}}}
        """;

    /// <summary>Records with a schema that may not repeat each other, beside plain ones; large tasks beside small ones;
    /// the records of a large one as files, beside a copy of the file.</summary>
    public static async Task OfNoLatencyAsync(Product product, Uri server)
    {
        // The first one has its code compiled.
        await product.MakeAsync(Records, SchemaAndUnique);
        var (plain, checkedToo) = (new List<Made>(), new List<Made>());
        for (var time = 0; time < Tries; time++)
        {
            plain.Add(await product.MakeAsync(Records));
            checkedToo.Add(await product.MakeAsync(Records, SchemaAndUnique));
        }

        const string what = "20,000 records, 0 ms, schema and unique; beside it plain (medians of three)";
        Row.Of(what, Made.Median(plain), Made.Median(checkedToo), "≥ 0.80", product).Print();

        var few = new List<Made>();
        for (var time = 0; time < Tries; time++)
        {
            few.Add(await product.MakeAsync(Few));
        }

        var many = await product.MakeAsync(Many);
        Row.Of("100,000 records, 0 ms; beside it 10,000 (median of three)", Made.Median(few), many, "≥ 0.91", product)
            .Print();

        var peak = product.PeakMemory;
        var million = await product.MakeAsync(Million);
        Row.Of("1,000,000 records, 0 ms; beside it 100,000", many, million, "≥ 0.91", product).Print();
        new Row(
            "the peak of memory, after it and before",
            $"{peak} MiB",
            $"{product.PeakMemory} MiB",
            (double)product.PeakMemory / peak,
            "≤ 1.30"
        ).Print();
        foreach (var (format, wanted) in ((string, string)[])[("jsonl", "≥ 0.50"), ("csv", ""), ("parquet", "")])
        {
            await ExportAsync(product, million.Task, format, wanted);
        }
    }

    /// <summary>Two calls of a hundred refused for a second, one failed. The ratio is the time it takes without them
    /// and a second more, to the time it takes.</summary>
    public static async Task OfFaultsAsync(Product product, Uri server)
    {
        var clean = await product.MakeAsync(Records);
        using var http = new HttpClient();
        using var told = await http.PostAsync(new Uri(server, LoadServer.Faults), null);
        told.EnsureSuccessStatusCode();
        var made = await product.MakeAsync(Records);
        const string what = "20,000 records, 50 ms, 2 % 429 and 1 % 500; beside it without";
        (Row.Of(what, clean, made, "≥ 0.92", product) with { Ratio = (clean.Seconds + 1) / made.Seconds }).Print();
    }

    // Of both, until the disk has the file; what is read lies in memory.
    private static async Task ExportAsync(Product product, string task, string format, string wanted)
    {
        var (file, copy) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            var before = product.ProcessorTime;
            var taken = await product.ExportAsync(task, format, file);
            var spent = product.ProcessorTime - before;
            var watch = Stopwatch.StartNew();
            await using (var from = File.OpenRead(file))
            await using (var to = File.Create(copy))
            {
                await from.CopyToAsync(to);
                to.Flush(flushToDisk: true);
            }

            var copied = watch.Elapsed;
            var size = (new FileInfo(file).Length / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
            new Row(
                $"a million as {format}, {size} MB, {spent.TotalMicroseconds / Million:0.0} µs of processor each; beside it a copy",
                Row.Time(copied),
                Row.Time(taken),
                copied / taken,
                wanted,
                Memory: product.PeakMemory
            ).Print();
        }
        finally
        {
            File.Delete(file);
            File.Delete(copy);
        }
    }
}
