using System.Globalization;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Finds how often something is so: <c>5 % fraud</c>, <c>about one in twenty</c>,
/// <c>80 % paid, 20 % open</c>.</summary>
internal static partial class Shares
{
    /// <summary>The first share in a text, from 0 to 1, or null.</summary>
    public static double? Find(string text) => Share().Match(text) is { Success: true } match ? Value(match) : null;

    /// <summary>The text without its shares.</summary>
    public static string Remove(string text) => Share().Replace(text, " ");

    /// <summary>The share that a description gives for a flag, by a word of its name:
    /// <c>5 % are fraudulent</c>.</summary>
    public static double? FindFor(string description, string words)
    {
        var stems = words
            .Split(' ')
            .Where(word => word.Length > 3)
            .Select(word => word[..Math.Min(word.Length, 5)])
            .ToArray();
        foreach (Match match in Share().Matches(description))
        {
            var from = description.LastIndexOfAny(['.', ';', ':', '\n', ','], match.Index) + 1;
            var to = description.IndexOfAny(['.', ';', ':', '\n', ','], match.Index + match.Length);
            var clause = description[from..(to < 0 ? description.Length : to)];
            if (stems.Any(stem => clause.Contains(stem, StringComparison.OrdinalIgnoreCase)))
            {
                return Value(match);
            }
        }

        return null;
    }

    /// <summary>Choices with their shares, <c>80 % paid</c> or <c>paid (80 %)</c>; none unless every choice has
    /// one.</summary>
    public static (List<string> Choices, List<double> Weights) Weigh(IReadOnlyList<string> choices)
    {
        var weights = choices.Select(Find).OfType<double>().ToList();
        return weights.Count == choices.Count && weights.Count > 1
            ? ([.. choices.Select(choice => Remove(choice).Trim(' ', '(', ')', ':'))], weights)
            : ([.. choices], []);
    }

    private static double Value(Match match)
    {
        if (match.Groups[1].Success)
        {
            return Math.Clamp(
                double.Parse(match.Groups[1].Value.Replace(',', '.'), CultureInfo.InvariantCulture) / 100,
                0,
                1
            );
        }

        return 1.0 / Math.Max(1, Words.Number(match.Groups[2].Value) ?? 1);
    }

    [GeneratedRegex(
        @"(?<![\d.,-])(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:%|percent\b|per cent\b|Prozent\b)|\b(?:one|1)\s+(?:in|out of|of)\s+(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|\d{1,4})\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Share();
}
