using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured, and what stands beside it.</param>
/// <param name="Beside">What it is compared with, with its unit if that is not records a second.</param>
/// <param name="Made">The product's.</param>
/// <param name="Ratio">How they compare; null: there is nothing beside.</param>
/// <param name="Wanted">The ratio wanted, or nothing.</param>
/// <param name="Costs">What a record costs the other and the product; null: it was not measured.</param>
/// <param name="Memory">The product's peak of memory until now, in MiB; null: it was not measured.</param>
internal sealed record Row(
    string What,
    string Beside,
    string Made,
    double? Ratio,
    string Wanted = "",
    (Cost Beside, Cost Made)? Costs = null,
    int? Memory = null
)
{
    /// <summary>Records made, beside others.</summary>
    public static Row Of(string what, Made beside, Made made, string wanted, Product product) =>
        new(
            what,
            Rate(beside.Rate),
            Rate(made.Rate),
            made.Rate / beside.Rate,
            wanted,
            (beside.Cost, made.Cost),
            product.PeakMemory
        );

    /// <summary>Records a second.</summary>
    public static string Rate(double rate) => rate.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time.</summary>
    public static string Time(TimeSpan time) =>
        time.TotalSeconds < 10
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>Begins the table.</summary>
    public static void PrintHead()
    {
        Console.WriteLine(
            "| | beside it | DataGen | ratio | wanted | CPU a record, both | allocated a record, both | peak memory |"
        );
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    }

    /// <summary>Prints it.</summary>
    public void Print() =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {What} | {Beside} | {Made} | {Ratio:0.00} | {Wanted} | {Processor()} | {Allocated()} | {(Memory is { } peak ? $"{peak} MiB" : "")} |"
            )
        );

    private string Processor() =>
        Costs is not { } each
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{each.Beside.Processor.TotalMicroseconds:0} · {each.Made.Processor.TotalMicroseconds:0} µs"
            );

    private string Allocated() =>
        Costs is not ({ Allocated: { } beside }, { Allocated: { } made })
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{beside / 1000:0.0} · {made / 1000:0.0} kB");
}
