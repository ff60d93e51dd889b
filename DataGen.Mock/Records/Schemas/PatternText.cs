using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes text that a regular expression matches: literals, classes, groups, alternatives and counts; what it
/// makes is checked against the expression.</summary>
internal sealed class PatternText
{
    private const int MostRepeats = 6;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private readonly string pattern;
    private readonly Draw draw;
    private int at;

    private PatternText(string pattern, Draw draw)
    {
        this.pattern = pattern;
        this.draw = draw;
    }

    /// <summary>A text, or null when the pattern uses what this does not know.</summary>
    public static string? TryMake(string pattern, Draw draw)
    {
        try
        {
            var made = new PatternText(pattern, draw);
            var text = made.Alternatives();
            return
                made.at == pattern.Length
                && Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(50))
                ? text
                : null;
        }
        catch (Exception exception)
            when (exception
                    is FormatException
                        or ArgumentException
                        or RegexMatchTimeoutException
                        or IndexOutOfRangeException
            )
        {
            return null;
        }
    }

    private string Alternatives()
    {
        List<string> options = [Sequence()];
        while (Peek() is '|')
        {
            at++;
            options.Add(Sequence());
        }

        return draw.Pick(options);
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (Peek() is { } next && next is not ('|' or ')'))
        {
            if (next is '^' or '$')
            {
                at++;
                continue;
            }

            // The piece is read again for each repeat, so that every repeat differs.
            var start = at;
            var first = Piece();
            var end = at;
            var (least, most) = Count();
            var after = at;
            var times = draw.Whole(least, most);
            for (var i = 0; i < times; i++)
            {
                if (i == 0)
                {
                    text.Append(first);
                    continue;
                }

                at = start;
                text.Append(Piece());
                if (at != end)
                {
                    throw new FormatException("A piece was read differently the second time.");
                }
            }

            at = after;
        }

        return text.ToString();
    }

    private string Piece()
    {
        var next = pattern[at++];
        switch (next)
        {
            case '(':
                if (Peek() is '?')
                {
                    if (pattern[at + 1] is not ':')
                    {
                        throw new FormatException("Look-around and named groups are not known.");
                    }

                    at += 2;
                }

                var inner = Alternatives();
                if (pattern[at++] is not ')')
                {
                    throw new FormatException("A group is not closed.");
                }

                return inner;
            case '[':
                return draw.Pick(Class()).ToString();
            case '.':
                return draw.Pick((Letters + Digits).ToCharArray()).ToString();
            case '\\':
                var escaped = Escaped(pattern[at++]);
                return escaped.Length == 0 ? "" : draw.Pick(escaped.ToCharArray()).ToString();
            case '*' or '+' or '?' or '{':
                throw new FormatException("There is nothing to repeat.");
            default:
                return next.ToString();
        }
    }

    private char[] Class()
    {
        var negated = Peek() is '^';
        if (negated)
        {
            at++;
        }

        var set = new StringBuilder();
        while (pattern[at] is not ']')
        {
            var from = pattern[at++];
            if (from is '\\')
            {
                set.Append(Escaped(pattern[at++]));
                continue;
            }

            if (pattern[at] is '-' && pattern[at + 1] is not ']')
            {
                var to = pattern[at + 1];
                at += 2;
                for (var letter = from; letter <= to && letter != char.MaxValue; letter++)
                {
                    set.Append(letter);
                }

                continue;
            }

            set.Append(from);
        }

        at++;
        var letters = set.ToString();
        var chosen = negated
            ? new string([
                .. (Letters + Capitals + Digits).Where(letter => !letters.Contains(letter, StringComparison.Ordinal)),
            ])
            : letters;
        return chosen.Length > 0 ? chosen.ToCharArray() : throw new FormatException("A class is empty.");
    }

    private static string Escaped(char letter) =>
        letter switch
        {
            'd' => Digits,
            'w' => Letters + Digits,
            's' => " ",
            'D' or 'S' or 'W' => letter is 'W' ? "-" : Letters,
            'b' => "",
            'n' => "\n",
            't' => "\t",
            _ when char.IsAsciiLetterOrDigit(letter) => throw new FormatException("The escape is not known."),
            _ => letter.ToString(),
        };

    private (int Least, int Most) Count()
    {
        var (least, most) = (1, 1);
        switch (Peek())
        {
            case '*':
                (least, most) = (0, MostRepeats);
                at++;
                break;
            case '+':
                (least, most) = (1, MostRepeats);
                at++;
                break;
            case '?':
                (least, most) = (0, 1);
                at++;
                break;
            case '{':
                var close = pattern.IndexOf('}', at);
                var parts = pattern[(at + 1)..close].Split(',');
                least = int.Parse(parts[0], CultureInfo.InvariantCulture);
                most =
                    parts.Length == 1 ? least
                    : parts[1].Length == 0 ? least + MostRepeats
                    : int.Parse(parts[1], CultureInfo.InvariantCulture);
                most = Math.Min(most, least + 64);
                at = close + 1;
                break;
        }

        if (Peek() is '?')
        {
            at++;
        }

        return (least, most);
    }

    private char? Peek() => at < pattern.Length ? pattern[at] : null;
}
