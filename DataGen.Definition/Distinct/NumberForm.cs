using System.Globalization;

namespace DataGen.Definition.Distinct;

/// <summary>The canonical form of a number, whatever its digits: <c>1</c>, <c>1.0</c> and <c>10e-1</c> are
/// <c>1e0</c>.</summary>
internal static class NumberForm
{
    // Exponents of more digits than this are not normalized.
    private const int LongestExponent = 15;

    /// <param name="json">A JSON number.</param>
    public static string Of(string json)
    {
        var mantissa = json.AsSpan();
        var exponent = 0L;
        if (mantissa.IndexOfAny('e', 'E') is >= 0 and var at)
        {
            if (mantissa.Length - at > LongestExponent)
            {
                return json;
            }

            exponent = long.Parse(mantissa[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..at];
        }

        var isNegative = mantissa is ['-', ..];
        mantissa = mantissa.TrimStart('-');
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        var ended = digits.TrimEnd('0');
        exponent += digits.Length - ended.Length;
        var begun = ended.TrimStart('0');
        return begun.Length == 0 ? "0" : $"{(isNegative ? "-" : "")}{begun}e{exponent}";
    }
}
