using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Generation;

/// <summary>
/// Removes a model's reasoning from its answer. Reasoning may hold drafts of the record, so it is never searched for
/// one:
/// <code>
/// &lt;think&gt;Maybe {"a":0}?&lt;/think&gt;{"a":1}                  also thinking, reasoning, thought, [THINK]…[/THINK]; any case, anywhere
/// Maybe {"a":0}?&lt;/think&gt;{"a":1}                         the prompt's template has opened it: all before the tag was thought
/// &lt;think&gt;x&lt;/think&gt;{"a":"a &lt;/think&gt; tag"}               a tag in an object's string is text
/// &lt;|channel|&gt;analysis&lt;|message|&gt;Maybe {"a":0}?&lt;|end|&gt;&lt;|start|&gt;assistant&lt;|channel|&gt;final&lt;|message|&gt;{"a":1}
/// analysisMaybe {"a":0}?assistantfinal{"a":1}            the same from a server that drops the special tokens
/// Thinking... Maybe {"a":0}? ...done thinking. {"a":1}    Here is my thought process: … Here is my response: {"a":1}
/// &lt;think&gt;Maybe {"a":0}, but                               refused: the thought has no end
/// </code>
/// </summary>
internal static partial class Reasoning
{
    // The characters of an object outside its strings and braces, and > for quoted lines.
    private static readonly SearchValues<char> BetweenStrings = SearchValues.Create(
        " \t\r\n:,[]+-.0123456789eEtrufalsn>"
    );

    // Replaces removed reasoning. JSON does not allow this blank anywhere, so the two ends of a torn object never join.
    private const char Gap = '\v';

    /// <summary>The text without reasoning. Each character is read only a few times.</summary>
    /// <exception cref="FormatException">The reasoning has no end.</exception>
    public static string Remove(string text, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        var (from, position) = (0, 0);
        if (BareThought().Match(text) is { Success: true } bare)
        {
            // Each kind of beginning has its own ending.
            var end = Ends.First(end => bare.Groups[end.Group].Success).Words;
            var final = text.IndexOf(end, bare.Index, StringComparison.OrdinalIgnoreCase);
            from = position = final < 0 ? throw Unfinished() : final + end.Length;
        }

        while (Marks().Match(text, position) is { Success: true } mark)
        {
            cancellationToken.ThrowIfCancellationRequested();
            position = mark.Index + mark.Length;
            if (mark.ValueSpan is "{")
            {
                position = AfterObject(text, mark.Index);
                continue;
            }

            if (mark.Groups["channel"].Success)
            {
                var message = text.IndexOf("<|message|>", position, StringComparison.Ordinal);
                var final = message >= 0 && text.AsSpan(position).TrimStart().StartsWith("final");
                from = position = final ? message + "<|message|>".Length : NextChannel(text, message);
                answer.Clear();
                continue;
            }

            if (mark.Groups["close"].Success)
            {
                answer.Clear();
            }
            else
            {
                answer.Append(text, from, mark.Index - from).Append(Gap);
                position = AfterThought(mark);
            }

            from = position;
        }

        return answer.Append(text, from, text.Length - from).ToString();
    }

    private static int AfterThought(Match open)
    {
        var name = open.Groups["name"].ValueSpan;
        for (var mark = open.NextMatch(); mark.Success; mark = mark.NextMatch())
        {
            if (
                mark.Groups["close"].Success
                && mark.Groups["name"].ValueSpan.Equals(name, StringComparison.OrdinalIgnoreCase)
            )
            {
                return mark.Index + mark.Length;
            }
        }

        throw Unfinished();
    }

    /// <summary>A channel other than the final one is followed by another channel; if not, the answer was cut
    /// off.</summary>
    private static int NextChannel(string text, int message) =>
        message >= 0 && text.IndexOf("<|channel|>", message, StringComparison.Ordinal) is >= 0 and var next
            ? next
            : throw Unfinished();

    /// <summary>Where the object that opens here ends, or where it turns out not to be an object. Only the unfinished
    /// rest of a string may be read again.</summary>
    private static int AfterObject(string text, int position)
    {
        var depth = 0;
        do
        {
            switch (text[position])
            {
                case '{':
                    depth++;
                    break;
                case '}':
                    depth--;
                    break;
                case '"' when EndOfString(text, position) is >= 0 and var end:
                    position = end;
                    break;
                default:
                    return position;
            }

            position++;
            if (depth > 0)
            {
                var next = text.AsSpan(position).IndexOfAnyExcept(BetweenStrings);
                position = next < 0 ? text.Length : position + next;
            }
        } while (depth > 0 && position < text.Length);

        return position;
    }

    private static int EndOfString(string text, int quote)
    {
        for (var position = quote + 1; ; position += 2)
        {
            var next = text.AsSpan(position).IndexOfAny("\"\\\n");
            position += next;
            if (next < 0 || text[position] == '\n' || position + 1 >= text.Length && text[position] == '\\')
            {
                return -1;
            }

            if (text[position] == '"')
            {
                return position;
            }
        }
    }

    private static FormatException Unfinished() => new("The answer breaks off inside the model's reasoning.");

    [GeneratedRegex(
        """
            \{
            | <(?<close>/)?\s*(?<name>think(ing)?|reason(ing)?|thoughts?|reflection|analysis|scratchpad|plan(ning)?|seed:think)(\s[^<>\n]*)?>
            | \[(?<close>/)?(?<name>(think|reason)(ing)?)\]
            | ◁(?<close>/)?(?<name>think)▷
            | <\|((start|begin_of)|(?<close>end(_of)?))_(?<name>thinking|thought)\|>
            | <\|(?<close>/)?(?<name>think)\|>
            | <\|(?<name>inner)_(prefix|(?<close>suffix))\|>
            | <\|channel>|(?<close><channel\|>)
            | (?<channel><\|channel\|>)
            """,
        RegexOptions.IgnoreCase
            | RegexOptions.CultureInvariant
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Marks();

    private static readonly (string Group, string Words)[] Ends =
    [
        ("analysis", "assistantfinal"),
        ("thinking", "done thinking."),
        ("process", "Here is my response:"),
    ];

    // Beginnings: Harmony's channels without their tokens, Ollama's command line, Granite.
    [GeneratedRegex(
        @"^(?<analysis>analysis\p{L})|\A\s*((?<thinking>Thinking\.\.\.\s*\n)|(?<process>Here(\sis|'s)\smy\sthought\sprocess:))",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex BareThought();
}
