using System.Globalization;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Values;

/// <summary>Makes identifiers.</summary>
internal static partial class Identifiers
{
    public static string Uuid(RecordContext record) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Draw.Whole(0, 0xFFFFFFFF):x8}-{record.Draw.Whole(0, 0xFFFF):x4}-4{record.Draw.Whole(0, 0xFFF):x3}-{record.Draw.Whole(0x8000, 0xBFFF):x4}-{record.Draw.Whole(0, 0xFFFFFFFFFFFF):x12}"
        );

    public static string Isbn(RecordContext record)
    {
        var digits = $"978{record.Draw.Fill("#########")}";
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{digits[..3]}-{digits[3..4]}-{digits[4..8]}-{digits[8..]}-{(10 - (sum % 10)) % 10}"
        );
    }

    /// <summary>An id that begins like what it identifies: <c>TKT-204817</c>, <c>sensor-0413</c>.</summary>
    public static string Of(string words, string subject, RecordContext record)
    {
        var owner = IdWord().Replace(words, "").Trim();
        owner = (owner.Length == 0 ? subject : owner).Split(' ')[^1];
        if (owner is "device" or "sensor" or "gateway" or "node" or "meter" or "tracker")
        {
            return $"{owner}-{record.Draw.Fill("####")}";
        }

        var consonants = owner.Where(letter =>
            char.IsAsciiLetter(letter) && !"aeiou".Contains(letter, StringComparison.OrdinalIgnoreCase)
        );
        var prefix = string.Concat(consonants.Take(3)).ToUpperInvariant();
        return $"{(prefix.Length == 0 ? "ID" : prefix)}-{record.Draw.Fill("######")}";
    }

    [GeneratedRegex(
        @"\s*\b(?:id|identifier|key|ref|reference|code|number|no|hash|token|serial|unique|external|internal)\b"
    )]
    private static partial Regex IdWord();
}
