using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes text that a regular expression matches: literals, classes, groups, alternatives and counts; what it makes is checked against the expression.</summary>
internal sealed class PatternText
{
    private const int MostRepeats = 6;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private readonly string _pattern;
    private readonly Draw _draw;
    private int _at;

    private PatternText(string pattern, Draw draw)
    {
        _pattern = pattern;
        _draw = draw;
    }

    /// <summary>A text, or null when the pattern uses what this does not know.</summary>
    public static string? TryMake(string pattern, Draw draw)
    {
        try
        {
            var made = new PatternText(pattern, draw);
            var text = made.Alternatives();
            return made._at == pattern.Length && Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromMilliseconds(50)) ? text : null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or RegexMatchTimeoutException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private string Alternatives()
    {
        List<string> options = [Sequence()];
        while (Peek() is '|')
        {
            _at++;
            options.Add(Sequence());
        }

        return _draw.Pick(options);
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (Peek() is { } next && next is not ('|' or ')'))
        {
            if (next is '^' or '$')
            {
                _at++;
                continue;
            }

            // The piece is read again for each repeat, so that every repeat is drawn anew.
            var start = _at;
            var first = Piece();
            var end = _at;
            var (least, most) = Count();
            var after = _at;
            var times = _draw.Whole(least, most);
            for (var i = 0; i < times; i++)
            {
                if (i == 0)
                {
                    text.Append(first);
                    continue;
                }

                _at = start;
                text.Append(Piece());
                if (_at != end) throw new FormatException("A piece was read differently the second time.");
            }

            _at = after;
        }

        return text.ToString();
    }

    private string Piece()
    {
        var next = _pattern[_at++];
        switch (next)
        {
            case '(':
                if (Peek() is '?')
                {
                    if (_pattern[_at + 1] is not ':') throw new FormatException("Look-around and named groups are not known.");
                    _at += 2;
                }

                var inner = Alternatives();
                if (_pattern[_at++] is not ')') throw new FormatException("A group is not closed.");
                return inner;
            case '[':
                return _draw.Pick(Class()).ToString();
            case '.':
                return _draw.Pick((Letters + Digits).ToCharArray()).ToString();
            case '\\':
                var escaped = Escaped(_pattern[_at++]);
                return escaped.Length == 0 ? "" : _draw.Pick(escaped.ToCharArray()).ToString();
            case '*' or '+' or '?' or '{':
                throw new FormatException("There is nothing to repeat.");
            default:
                return next.ToString();
        }
    }

    private char[] Class()
    {
        var negated = Peek() is '^';
        if (negated) _at++;
        var set = new StringBuilder();
        while (_pattern[_at] is not ']')
        {
            var from = _pattern[_at++];
            if (from is '\\')
            {
                set.Append(Escaped(_pattern[_at++]));
                continue;
            }

            if (_pattern[_at] is '-' && _pattern[_at + 1] is not ']')
            {
                var to = _pattern[_at + 1];
                _at += 2;
                for (var letter = from; letter <= to && letter != char.MaxValue; letter++) set.Append(letter);
                continue;
            }

            set.Append(from);
        }

        _at++;
        var letters = set.ToString();
        var chosen = negated ? new string([.. (Letters + Capitals + Digits).Where(letter => !letters.Contains(letter, StringComparison.Ordinal))]) : letters;
        return chosen.Length > 0 ? chosen.ToCharArray() : throw new FormatException("A class is empty.");
    }

    private static string Escaped(char letter) => letter switch
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
                _at++;
                break;
            case '+':
                (least, most) = (1, MostRepeats);
                _at++;
                break;
            case '?':
                (least, most) = (0, 1);
                _at++;
                break;
            case '{':
                var close = _pattern.IndexOf('}', _at);
                var parts = _pattern[(_at + 1)..close].Split(',');
                least = int.Parse(parts[0], CultureInfo.InvariantCulture);
                most = parts.Length == 1 ? least : parts[1].Length == 0 ? least + MostRepeats : int.Parse(parts[1], CultureInfo.InvariantCulture);
                most = Math.Min(most, least + 64);
                _at = close + 1;
                break;
        }

        if (Peek() is '?') _at++;
        return (least, most);
    }

    private char? Peek() => _at < _pattern.Length ? _pattern[_at] : null;
}
