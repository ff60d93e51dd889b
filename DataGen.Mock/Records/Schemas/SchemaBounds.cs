namespace DataGen.Mock.Records.Schemas;

/// <summary>The bounds and the step of a schema's numbers.</summary>
/// <param name="Least">Inclusive.</param>
/// <param name="Most">Inclusive.</param>
/// <param name="Step">What numbers are multiples of, or null.</param>
internal readonly record struct SchemaBounds(decimal? Least, decimal? Most, decimal? Step)
{
    private const double Largest = 1e15;

    /// <summary>Reads them; an exclusive bound becomes the next inclusive one.</summary>
    public static SchemaBounds Of(SchemaNode node, bool whole)
    {
        var gap = whole ? 1m : 0.01m;
        var least = Number(node, "minimum");
        var most = Number(node, "maximum");
        if (Number(node, "exclusiveMinimum") is { } above && !(least > above))
        {
            least = whole ? Math.Floor(above) + 1 : above + gap;
        }

        if (Number(node, "exclusiveMaximum") is { } below && !(most < below))
        {
            most = whole ? Math.Ceiling(below) - 1 : below - gap;
        }

        if (whole)
        {
            (least, most) = (least is { } low ? Math.Ceiling(low) : null, most is { } high ? Math.Floor(high) : null);
        }

        return new SchemaBounds(least, most, Number(node, "multipleOf") is > 0 and var step ? step : null);
    }

    public bool Hold(decimal number) =>
        !(number < Least) && !(number > Most) && (Step is not { } step || number % step == 0);

    /// <summary>The nearest number within the bounds.</summary>
    public decimal Fit(decimal number)
    {
        if (Step is { } step)
        {
            number = Math.Round(number / step) * step;
            number = number < Least ? Math.Ceiling(Least.Value / step) * step : number;
            number = number > Most ? Math.Floor(Most.Value / step) * step : number;
        }

        number = number < Least ? Least.Value : number;
        return number > Most ? Most.Value : number;
    }

    private static decimal? Number(SchemaNode node, string name) =>
        node.Number(name) is { } number ? (decimal)Math.Clamp(number, -Largest, Largest) : null;
}
