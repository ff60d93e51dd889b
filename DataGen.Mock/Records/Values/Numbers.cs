using System.Globalization;

namespace DataGen.Mock.Records.Values;

/// <summary>Numbers with so many digits after the point.</summary>
internal static class Numbers
{
    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included: a long without decimals, else a
    /// decimal.</summary>
    public static object Between(Draw draw, double low, double high, int decimals, double step = 1)
    {
        if (decimals > 0)
        {
            return (decimal)Math.Clamp(Math.Round(draw.Real(low, high), decimals), low, high);
        }

        var (from, to) = ((long)Math.Ceiling(low), (long)Math.Floor(high));
        var value = draw.Whole(from, to);
        var rounded = (long)(Math.Round(value / step) * step);
        return step > 1 && rounded >= from && rounded <= to ? rounded : value;
    }

    public static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>3.50-9</c> is a range with two digits after the point.</summary>
    public static bool TryRange(string text, out double low, out double high, out int decimals)
    {
        (low, high, decimals) = (0, 0, 0);
        var cut = text.IndexOf('-', 1 < text.Length ? 1 : 0);
        if (
            cut < 1
            || !double.TryParse(text[..cut], NumberStyles.Float, CultureInfo.InvariantCulture, out low)
            || !double.TryParse(text[(cut + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out high)
        )
        {
            return false;
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        decimals = point < 0 || point > cut ? 0 : cut - point - 1;
        return low <= high;
    }
}
