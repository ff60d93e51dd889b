using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes text that a regular expression matches: literals, classes, groups, alternatives and counts; what it
/// makes is checked against the expression.</summary>
internal sealed partial class PatternText
{
    private const int MostRepeats = 6;
    private const int MostMore = 64;
    private const string Plain = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string WithCapitals = Plain + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static readonly TimeSpan LongestCheck = TimeSpan.FromMilliseconds(50);
    private readonly string pattern;
    private int at;

    private PatternText(string pattern) => this.pattern = pattern;

    /// <summary>Makes a text for a draw, or null when the pattern uses what this does not know.</summary>
    public static Func<Draw, string?> Of(string pattern)
    {
        try
        {
            var check = new Regex(pattern, RegexOptions.ECMAScript, LongestCheck);
            var reader = new PatternText(pattern);
            var make = reader.Alternatives();
            return reader.at < pattern.Length ? _ => null : draw => Checked(make(draw), check);
        }
        catch (Exception exception)
            when (exception
                    is FormatException
                        or ArgumentException
                        or IndexOutOfRangeException
                        or OverflowException
                        or InsufficientExecutionStackException
            )
        {
            return _ => null;
        }
    }

    private static string? Checked(string text, Regex check)
    {
        try
        {
            return check.IsMatch(text) ? text : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private Func<Draw, string> Alternatives()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        List<Func<Draw, string>> options = [Sequence()];
        while (Peek() is '|')
        {
            at++;
            options.Add(Sequence());
        }

        return draw => draw.Pick(options)(draw);
    }

    private Func<Draw, string> Sequence()
    {
        var pieces = new List<(Func<Draw, string> Make, int Least, int Most)>();
        while (Peek() is { } next && next is not ('|' or ')'))
        {
            // Anchors stand for no character.
            if (next is '^' or '$' || string.CompareOrdinal(pattern, at, @"\b", 0, 2) == 0)
            {
                at += next is '\\' ? 2 : 1;
                continue;
            }

            var piece = Piece();
            var (least, most) = Count();
            pieces.Add((piece, least, most));
        }

        return draw =>
            string.Concat(
                pieces.SelectMany(piece =>
                    Enumerable.Range(0, (int)draw.Whole(piece.Least, piece.Most)).Select(_ => piece.Make(draw))
                )
            );
    }

    private Func<Draw, string> Piece()
    {
        var start = at++;
        switch (pattern[start])
        {
            case '(':
                if (Peek() is '?')
                {
                    at += pattern[at + 1] is ':' ? 2 : throw new FormatException("Look-around is not known.");
                }

                var inner = Alternatives();
                return pattern[at++] is ')' ? inner : throw new FormatException("A group is not closed.");
            case '[':
                while (pattern[at] is not ']')
                {
                    at += pattern[at] is '\\' ? 2 : 1;
                }

                at++;
                return OneOf(pattern[start..at], WithCapitals);
            case '\\':
                at++;
                return OneOf(pattern[start..at], Plain);
            case '.':
                return OneOf(".", Plain);
            case '*' or '+' or '?' or '{':
                throw new FormatException("There is nothing to repeat.");
            case var letter:
                return _ => letter.ToString();
        }
    }

    /// <summary>A character that a class or an escape stands for: a usual one, else one of ASCII, else any.</summary>
    private static Func<Draw, string> OneOf(string one, string usual)
    {
        var matcher = new Regex($"^(?:{one})$", RegexOptions.ECMAScript);
        return
            new[] { usual, Range(' ', '~'), Range('\u0001', '\ud7ff') }
                .Select(Matching)
                .FirstOrDefault(some => some.Length > 0)
                is { } matching
            ? draw => draw.Pick(matching)
            : throw new FormatException("It stands for no character.");

        string[] Matching(string letters) =>
            [.. letters.Select(letter => letter.ToString()).Where(letter => matcher.IsMatch(letter))];
    }

    private static string Range(char from, char to) =>
        string.Concat(Enumerable.Range(from, to - from + 1).Select(letter => (char)letter));

    private (int Least, int Most) Count()
    {
        var count = Quantifier().Match(pattern, at);
        at += count.Length;
        if (count.Groups["least"] is not { Success: true } given)
        {
            return count.Value.FirstOrDefault() switch
            {
                '*' => (0, MostRepeats),
                '+' => (1, MostRepeats),
                '?' => (0, 1),
                _ => (1, 1),
            };
        }

        var least = int.Parse(given.Value, CultureInfo.InvariantCulture);
        var most =
            !count.Groups["more"].Success ? least
            : count.Groups["most"] is { Length: > 0 } bound ? int.Parse(bound.Value, CultureInfo.InvariantCulture)
            : least + MostRepeats;
        return (least, Math.Min(most, least + MostMore));
    }

    private char? Peek() => at < pattern.Length ? pattern[at] : null;

    /// <summary><c>*</c>, <c>+</c>, <c>?</c>, <c>{2}</c>, <c>{2,}</c>, <c>{2,5}</c>; a question mark behind makes no
    /// difference.</summary>
    [GeneratedRegex(@"\G(?:[*+?]|\{(?<least>\d+)(?<more>,(?<most>\d*))?\})\??")]
    private static partial Regex Quantifier();
}
