using System.Globalization;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Finds bounds: <c>18-90</c>, <c>between 1 and 5</c>, <c>up to 50</c>, <c>50k to 120k EUR</c>, <c>at most 30
/// words</c>, <c>2020-2024</c>, <c>3-5 tags</c>.</summary>
internal static partial class Ranges
{
    /// <summary>Adds the bounds that <paramref name="text"/> names to a field.</summary>
    public static FieldSpec Apply(string text, string name, FieldSpec spec)
    {
        if (
            DayRange().Match(text) is { Success: true } days
            && TryDay(days.Groups[1].Value, out var from)
            && TryDay(days.Groups[2].Value, out var to)
        )
        {
            return spec with { From = from, To = to };
        }

        if (DateName().IsMatch(name))
        {
            if (YearRange().Match(text) is { Success: true } years)
            {
                return Years(spec, years.Groups[1].Value, years.Groups[2].Value);
            }

            if (OneYear().Match(text) is { Success: true } year)
            {
                return Years(spec, year.Groups[1].Value, year.Groups[1].Value);
            }
        }

        if (Span().Match(text) is { Success: true } span)
        {
            return Within(spec, span.Groups[1].Value, span.Groups[2].Value, span.Groups[3].Value);
        }

        if (AtMost().Match(text) is { Success: true } most)
        {
            // Beside listed values it belongs to one of them.
            return spec.Choices.Count > 0 ? spec : Within(spec, null, most.Groups[1].Value, most.Groups[2].Value);
        }

        return AtLeast().Match(text) is { Success: true } least
            ? Within(spec, least.Groups[1].Value, null, least.Groups[2].Value)
            : spec;
    }

    /// <summary><c>two or three sentences</c> is <c>2-3 sentences</c>.</summary>
    public static string CountedInWords(string text)
    {
        text = NumberWord()
            .Replace(text, match => Words.Number(match.Value)!.Value.ToString(CultureInfo.InvariantCulture));
        return Either()
            .Replace(
                text,
                match =>
                    $"{match.Groups[1].Value}-{(match.Groups[2].Success ? match.Groups[2].Value : match.Groups[1].Value)} {match.Groups[3].Value}"
            );
    }

    /// <summary>The text without its bounds and their units.</summary>
    public static string Remove(string text)
    {
        text = DayRange().Replace(text, " ");
        text = Span().Replace(text, " ");
        text = AtMost().Replace(text, " ");
        return AtLeast().Replace(text, " ").Trim();
    }

    private static FieldSpec Years(FieldSpec spec, string from, string to) =>
        spec with
        {
            From = new DateOnly(int.Parse(from, CultureInfo.InvariantCulture), 1, 1),
            To = new DateOnly(int.Parse(to, CultureInfo.InvariantCulture), 12, 31),
        };

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static FieldSpec Within(FieldSpec spec, string? low, string? high, string unit)
    {
        var min = low is null ? null : Number(low);
        var max = high is null ? null : Number(high);
        // "50-120k" means thousands on both sides.
        if (
            min is { } small
            && max is { } large
            && high!.TrimEnd().EndsWith('k')
            && !low!.TrimEnd().EndsWith('k')
            && small < large / 1000
        )
        {
            min = small * 1000;
        }

        var (least, most) = min > max ? (max, min) : (min, max);
        if (least is null && most is null)
        {
            return spec;
        }

        return unit.ToLowerInvariant() switch
        {
            var word when word.StartsWith("word", StringComparison.Ordinal) => spec with
            {
                MinWords = (int?)least,
                MaxWords = (int?)most,
            },
            var sentence when sentence.StartsWith("sentence", StringComparison.Ordinal) => spec with
            {
                MinSentences = (int?)least,
                MaxSentences = (int?)most,
            },
            "characters" or "chars" or "letters" => spec with { MaxWords = (int?)(most / 6) },
            "items"
            or "entries"
            or "values"
            or "tags"
            or "elements"
            or "keywords"
            or "skills"
            or "ingredients"
            or "steps"
            or "symptoms"
            or "hobbies" => spec with
            {
                IsList = true,
                MinItems = (int?)least,
                MaxItems = (int?)most,
            },
            _ => spec with { Min = least, Max = most, Decimals = Math.Max(Decimals(low), Decimals(high)) },
        };
    }

    private static double? Number(string text)
    {
        var digits = text.Trim().TrimStart('$', '€', '£');
        var factor = 1.0;
        if (digits.Length > 0 && char.ToLowerInvariant(digits[^1]) is 'k' or 'm')
        {
            factor = char.ToLowerInvariant(digits[^1]) is 'k' ? 1000 : 1_000_000;
            digits = digits[..^1];
        }

        return double.TryParse(
            digits.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number * factor
            : null;
    }

    private static int Decimals(string? text)
    {
        var point = text?.LastIndexOf('.') ?? -1;
        return point < 0 ? 0 : text![(point + 1)..].Count(char.IsAsciiDigit);
    }

    private const string Counted = @"(?:words?|sentences?|paragraphs?|items|tags|keywords)";

    [GeneratedRegex(
        @"\b(?:one|two|three|four|five|six|seven|eight)(?=\s+(?:(?:or|to|-)\s+\w+\s+)?(?:short |full |complete )?"
            + Counted
            + @"\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NumberWord();

    [GeneratedRegex(
        @"(?<![\d-])(\d{1,4})(?:\s+(?:or|to)\s+(\d{1,4}))?\s+(?:short |full |complete )?(" + Counted + @")\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Either();

    private const string Amount = @"[$€£]?\s?(-?\d(?:[\d,]*\d)?(?:\.\d+)?\s?(?:[kK]\b|M\b)?)";

    private const string UnitWord =
        @"(?:\s*(words?|sentences?|characters|chars|letters|items|entries|values|tags|elements|keywords|skills|ingredients|steps|symptoms|hobbies|bullet points|stars?|points?|years?(?: old)?|percent|%|eur|usd|gbp|euros?|dollars?|°?\s?[cf]\b|degrees(?: celsius| fahrenheit)?|celsius|kg|g\b|cm\b|mm\b|km\b|m\b|minutes?|mins?|hours?|seconds?|ms\b|days?|weeks?|months?|[vw]\b|hpa|ppm|kwh|€|\$))?";

    [GeneratedRegex(
        @"(?:\bbetween\s+|\bfrom\s+|\branging from\s+|\bin the range\s+)?(?<![\p{L}\d-])"
            + Amount
            + @"\s*(?:-|–|—|\bto\b|\band\b|\.\.\.?|…)\s*"
            + Amount
            + UnitWord
            + @"(?![\d-])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Span();

    [GeneratedRegex(
        @"(?:\bup to|\bat most|\bmax(?:imum)?(?: of)?|\bno more than|\bless than|\bunder|\bbelow|<=?|≤)\s*"
            + Amount
            + UnitWord,
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AtMost();

    [GeneratedRegex(
        @"(?:\bat least|\bmin(?:imum)?(?: of)?|\bno less than|\bmore than|\bover|\babove|>=?|≥)\s*" + Amount + UnitWord,
        RegexOptions.IgnoreCase
    )]
    private static partial Regex AtLeast();

    [GeneratedRegex(
        @"(?:\bbetween\s+|\bfrom\s+)?(\d{4}-\d{2}-\d{2})\s*(?:-|–|to|and|\.\.)\s*(\d{4}-\d{2}-\d{2})",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DayRange();

    [GeneratedRegex(@"\b((?:19|20)\d\d)\s*(?:-|–|to|and|\.\.)\s*((?:19|20)\d\d)\b", RegexOptions.IgnoreCase)]
    private static partial Regex YearRange();

    [GeneratedRegex(@"\b(?:in|of|during|year)\s+((?:19|20)\d\d)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OneYear();

    [GeneratedRegex(@"\b(?:date|day|time|timestamp|birth|birthday|when|\w+ed at|\w+ed on)\b", RegexOptions.IgnoreCase)]
    private static partial Regex DateName();
}
