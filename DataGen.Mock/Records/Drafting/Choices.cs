using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Finds listed values: <c>one of a, b, c</c>, <c>(a, b or c)</c>, <c>a/b/c</c>.</summary>
internal static partial class Choices
{
    private const int LongestChoice = 40;

    public static IReadOnlyList<string> Find(string text)
    {
        if (Introduced().Match(text) is { Success: true } introduced)
        {
            return Split(introduced.Groups[1].Value);
        }

        if (
            Within().Match(text) is { Success: true } within
            && (Listed().IsMatch(within.Groups[1].Value) || Slashed().IsMatch(within.Groups[1].Value))
        )
        {
            return Split(within.Groups[1].Value);
        }

        if (Slashes().Match(text) is { Success: true } slashes)
        {
            return Split(slashes.Groups[1].Value);
        }

        return Whole().IsMatch(text) || Shared().Count(text) > 1 ? Split(text) : [];
    }

    /// <summary>Whether the values are how games end and not ranges of numbers.</summary>
    public static bool AreScores(IReadOnlyList<string> choices) => choices.Count > 1 && choices.All(Score().IsMatch);

    private static List<string> Split(string list)
    {
        var parts = Separator()
            .Split(list.Trim().TrimEnd('.', ')', ';'))
            .Select(part => part.Trim(' ', '"', '\'', '“', '”', '`', '.', '(', ')'))
            .Where(part => part.Length > 0 && !Rest().IsMatch(part))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return parts.Exists(part => part.Length > LongestChoice || (RangeOnly().IsMatch(part) && !AreScores(parts)))
            ? []
            : parts;
    }

    [GeneratedRegex(
        @"\b(?:one of|either|any of|choose from|chosen from|selected from|out of|e\.g\.,?|for example|such as)\s*:?\s*(?:the following\s*:?\s*)?\(?([^)]+)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Introduced();

    [GeneratedRegex(@"\(([^)]*)\)")]
    private static partial Regex Within();

    [GeneratedRegex(@",|\bor\b|\||;", RegexOptions.IgnoreCase)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^[\p{L}\d][\p{L}\d -]*(?:\s*/\s*[\p{L}\d][\p{L}\d -]*)+$")]
    private static partial Regex Slashed();

    [GeneratedRegex(@"(?:^|\s)(?!km/h|m/s|kg/m|and/or|n/a)([\p{L}\d-]+(?:/[\p{L}\d-]+)+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Slashes();

    /// <summary><c>80 % paid, 20 % open</c>.</summary>
    [GeneratedRegex(@"(?:^|,\s*)\d{1,3}\s*%\s+\p{L}")]
    private static partial Regex Shared();

    /// <summary>All of the text is choices: <c>low, medium or high</c>, <c>draft | sent | paid</c>.</summary>
    [GeneratedRegex(
        @"^[^\s,|()][^,|()]{0,30}(?:(?:,|\|)\s*[^,|()]{1,30})*\s*(?:,?\s*\bor\b|\|)\s*[^,|()]{1,30}$|^[^\s,()]{1,20}(?:\s[^\s,()]{1,20})?(?:,\s*[^\s,()]{1,20}(?:\s[^\s,()]{1,20})?){2,}$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Whole();

    [GeneratedRegex(
        @"\s*(?:,\s*or\s+|,\s*and\s+|,|;|\||(?<!\d)/|/(?!\d)|(?<=^\d+)/|\s+or\s+|\s+and\s+)\s*",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"^(?:etc|and so on|others?|string|integer|number|boolean|float|optional|required|iso 8601|e\.g)$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Rest();

    /// <summary>How a game ended: <c>1-0</c>, <c>1/2-1/2</c>.</summary>
    [GeneratedRegex(@"^\d(?:/\d)?[-–:]\d(?:/\d)?$")]
    private static partial Regex Score();

    [GeneratedRegex(@"\d\s*(?:-|–|to|\.\.)\s*\d")]
    private static partial Regex RangeOnly();
}
