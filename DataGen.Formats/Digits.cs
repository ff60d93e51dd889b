using System.Buffers.Text;

namespace DataGen.Formats;

/// <summary>Compares decimal numbers by their digits.</summary>
internal static class Digits
{
    /// <summary>A double always keeps this many digits (IEEE 754: <c>DBL_DIG</c>), within this range of
    /// exponents.</summary>
    private const int AlwaysSurvive = 15;

    private const int SafeExponent = 290;

    /// <summary>Bytes of the longest shortest form, <c>-1.2345678901234567E-308</c>.</summary>
    private const int LongestDouble = 32;

    /// <summary>Whether a double, printed again in its shortest form, has the same value as the JSON number.</summary>
    public static bool SurviveDouble(ReadOnlySpan<byte> number)
    {
        var given = Normal(number);
        if (
            given.Digits.Length == 0
            || (given.Digits.Length <= AlwaysSurvive && Math.Abs(given.Exponent) < SafeExponent)
        )
        {
            return true;
        }

        Span<byte> printed = stackalloc byte[LongestDouble];
        if (
            !Utf8Parser.TryParse(number, out double value, out _)
            || !double.IsFinite(value)
            || !Utf8Formatter.TryFormat(value, printed, out var length)
        )
        {
            return false;
        }

        var kept = Normal(printed[..length]);
        return kept.Exponent == given.Exponent && kept.Digits == given.Digits;
    }

    /// <summary>The significant digits, and the power of ten of the last of them; no digits are zero.</summary>
    private static (string Digits, long Exponent) Normal(ReadOnlySpan<byte> number)
    {
        Span<char> digits = number.Length <= 512 ? stackalloc char[number.Length] : new char[number.Length];
        var (count, exponent, isFraction) = (0, 0L, false);
        for (var at = 0; at < number.Length; at++)
        {
            switch (number[at])
            {
                case (byte)'.':
                    isFraction = true;
                    break;
                case (byte)'e' or (byte)'E':
                    exponent += Exponent(number[(at + 1)..]);
                    at = number.Length;
                    break;
                case >= (byte)'0' and <= (byte)'9' and var digit:
                    exponent -= isFraction ? 1 : 0;
                    digits[count++] = (char)digit;
                    break;
            }
        }

        var significant = digits[..count].TrimStart('0');
        var trimmed = significant.TrimEnd('0');
        return (trimmed.ToString(), exponent + (significant.Length - trimmed.Length));
    }

    // An exponent of so many digits is beyond a double anyway.
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var unsigned = text.TrimStart("+"u8);
        return Utf8Parser.TryParse(unsigned, out long exponent, out var read) && read == unsigned.Length
            ? Math.Clamp(exponent, -1_000_000_000, 1_000_000_000)
            : int.MaxValue;
    }
}
