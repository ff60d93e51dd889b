using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Rules;

/// <summary>Writes rules down in a line each.</summary>
internal static class Rule
{
    public static FieldRule Text(string pattern, Func<FieldSpec, RecordContext, string> make) =>
        new(Named(pattern), FieldType.Text, make);

    public static FieldRule Pick(string pattern, params string[] values) =>
        new(Named(pattern), FieldType.Text, (_, r) => r.Draw.Pick(values));

    public static FieldRule Flag(string pattern, double share) =>
        new(Named(pattern), FieldType.Flag, (_, r) => r.Draw.Chance(share));

    public static FieldRule Whole(string pattern, double low, double high, double step = 1) =>
        new(Named(pattern), FieldType.Whole, (f, r) => Number(f, r, low, high, 0, step));

    public static FieldRule Real(string pattern, double low, double high, int decimals) =>
        new(Named(pattern), FieldType.Number, (f, r) => Number(f, r, low, high, decimals));

    public static FieldRule List(string pattern, Func<FieldSpec, RecordContext, List<string>> make) =>
        new(Named(pattern), FieldType.Text, make) { IsList = true };

    /// <summary>A number within the field's own bounds, else within the usual ones.</summary>
    public static object Number(
        FieldSpec field,
        RecordContext r,
        double low,
        double high,
        int decimals,
        double step = 1
    )
    {
        var min = field.Min ?? Math.Min(low, field.Max ?? low);
        var max = field.Max ?? Math.Max(high, min + (high - low));
        var digits = field.Type switch
        {
            FieldType.Whole => 0,
            FieldType.Number => Math.Max(field.Decimals, Math.Max(decimals, 1)),
            _ when field.Min is not null || field.Max is not null => Math.Max(decimals, field.Decimals),
            _ => decimals,
        };
        if (digits > 0)
        {
            return Math.Clamp(Math.Round(r.Draw.Real(min, max), digits), min, max);
        }

        var from = (long)Math.Ceiling(min);
        var to = Math.Max(from, (long)Math.Floor(max));
        var value = r.Draw.Whole(from, to);
        var rounded = (long)(Math.Round(value / step) * step);
        return step > 1 && rounded >= from && rounded <= to ? rounded : value;
    }

    /// <summary>Whole words, unless the pattern anchors itself.</summary>
    public static Regex Named(string pattern) =>
        new($@"\b(?:{pattern})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
