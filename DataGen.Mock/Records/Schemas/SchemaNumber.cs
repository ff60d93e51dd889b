using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Records.Rules;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes numbers within a schema's bounds.</summary>
internal static class SchemaNumber
{
    private const double Largest = 1e15;

    public static decimal Make(SchemaNode node, FieldSpec field, ValueWriter values, RecordContext record, bool whole)
    {
        var (least, most) = Bounds(node, whole);
        var bounded = field with
        {
            Type = whole ? FieldType.Whole : FieldType.Number,
            Min = least ?? (most is null || field.Min <= most ? field.Min : null),
            Max = most ?? (least is null || field.Max >= least ? field.Max : null),
        };
        var made = values.Make(bounded, record) switch
        {
            long number => number,
            double number => (decimal)number,
            string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => (decimal)
                Convert.ToDouble(
                    Rule.Number(bounded, record, least ?? 0, most ?? 100, whole ? 0 : 2),
                    CultureInfo.InvariantCulture
                ),
        };
        if (whole)
        {
            made = Math.Round(made);
        }

        if (node.Number("multipleOf") is > 0 and var step)
        {
            made = ToStep(made, (decimal)step, least, most);
        }

        if (least is { } low && made < (decimal)low)
        {
            made = (decimal)low;
        }

        return most is { } high && made > (decimal)high ? (decimal)high : made;
    }

    private static decimal ToStep(decimal number, decimal step, double? least, double? most)
    {
        var stepped = Math.Round(number / step) * step;
        if (least is { } low && stepped < (decimal)low)
        {
            stepped = Math.Ceiling((decimal)low / step) * step;
        }

        return most is { } high && stepped > (decimal)high ? Math.Floor((decimal)high / step) * step : stepped;
    }

    /// <summary>The inclusive bounds; draft 4 wrote exclusive ones as flags beside them.</summary>
    private static (double? Least, double? Most) Bounds(SchemaNode node, bool whole)
    {
        var gap = whole ? 1 : 0.01;
        double? least = node.Number("minimum");
        double? most = node.Number("maximum");
        if (node.Member("exclusiveMinimum") is { ValueKind: JsonValueKind.True })
        {
            least += gap;
        }

        if (node.Member("exclusiveMaximum") is { ValueKind: JsonValueKind.True })
        {
            most -= gap;
        }

        if (node.Number("exclusiveMinimum") is { } above && !(least > above))
        {
            least = whole ? Math.Floor(above) + 1 : above + gap;
        }

        if (node.Number("exclusiveMaximum") is { } below && !(most < below))
        {
            most = whole ? Math.Ceiling(below) - 1 : below - gap;
        }

        if (whole)
        {
            (least, most) = (least is { } low ? Math.Ceiling(low) : null, most is { } high ? Math.Floor(high) : null);
        }

        return (Clip(least), Clip(most));
    }

    private static double? Clip(double? bound) => bound is { } value ? Math.Clamp(value, -Largest, Largest) : null;
}
