using System.Buffers;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Generation;

/// <summary>
/// Whether what stands around an object is prose, or may be the rest of a larger record of which the object is only one
/// value. Prose:
/// <code>
/// Here is the record for "Ana": {…}        JSON: {…}        &lt;answer&gt;{…}&lt;/answer&gt;        {…} Let me know if {you} need more.
/// </code>
/// May be a larger record, and is refused:
/// <code>
/// "address":{…}    address: {…}    | Ana | {…} |    Ana,41,{…}    Customer(address={…})    &lt;address&gt;{…}&lt;/address&gt;    {…}, "age":41
/// Name: Ana
/// Home address: {…}
/// </code>
/// </summary>
internal static partial class Surroundings
{
    private const string Blanks = " \t\r\n\v\u00A0\u200B\u200C\u200D\u2060\uFEFF";
    private const string Emphasis = "*_`";

    // What a label or a tag may be called that names the answer itself and no member of it.
    private static readonly HashSet<string> AnswerNames = new(
        ["answer", "assistant", "final", "json", "output", "record", "response", "result"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <exception cref="FormatException">Something around the object may belong to it.</exception>
    public static void Check(string before, string after)
    {
        if (MayEndIn(before, after))
        {
            throw new FormatException("What stands before the answer's JSON object may be a part of it.");
        }

        if (MayGoOnIn(after))
        {
            throw new FormatException("What stands after the answer's JSON object may be a part of it.");
        }
    }

    private static bool MayEndIn(string before, string after)
    {
        var lines = before.Split('\n');
        var at = lines.Length - 1;
        var sameLine = !IsBlank(lines[at]);
        var indented = !sameLine && lines[at].Trim('\uFEFF').Length > 0;
        while (at > 0 && IsBlank(lines[at]))
        {
            at--;
        }

        var fenced = !sameLine && Fence().IsMatch(lines[at]);
        while (at > 0 && (IsBlank(lines[at]) || (fenced && Fence().IsMatch(lines[at]))))
        {
            at--;
        }

        if (Member().IsMatch(before))
        {
            return true;
        }

        var line = lines[at].TrimEnd((Blanks + Emphasis).AsSpan());
        if (line.IsEmpty || Fence().IsMatch(line))
        {
            return false;
        }

        if (!fenced && at >= lines.Length - 2 && LowerCaseMember().IsMatch(line))
        {
            return true;
        }

        if (line[^1] != ':')
        {
            return !fenced
                && (
                    line[^1] == '>' ? !IsAnswerTag(line)
                    : sameLine
                        ? "\"'“‘,;=|(&+\\<".Contains(line[^1])
                            || line.Trim() is "-"
                            || lines[at].AsSpan(line.Length).Contains('\t')
                    : ",;=|(+\\".Contains(line[^1])
                );
        }

        var label = Label(line[..^1]);
        if (AnswerNames.Contains(label.ToString()))
        {
            return false;
        }

        return IsKey(label) && (sameLine || (!fenced && (indented || char.IsLower(label[0]) || label[0] == '"')))
            || (LabelledLine().IsMatch($"{label}: {{") && HasSibling(lines.AsSpan(0, at), after, sameLine));
    }

    private static bool MayGoOnIn(string after)
    {
        var lines = after.Split('\n');
        var rest = lines[0].AsSpan().TrimStart((Blanks + Emphasis).AsSpan());
        if (!rest.IsEmpty)
        {
            var next = rest[0];
            return char.IsAsciiDigit(next)
                || ",:;=|])\"'[+&\\”’".Contains(next)
                || lines[0].AsSpan(0, lines[0].Length - rest.Length).Contains('\t')
                || Member().IsMatch(after)
                || LowerCaseMember().IsMatch(rest);
        }

        var later = after.AsSpan().TrimStart((Blanks + Emphasis).AsSpan());
        return (!later.IsEmpty && ",:;=])[".Contains(later[0]))
            || Member().IsMatch(after)
            || (lines.Length > 1 && LowerCaseMember().IsMatch(lines[1]));
    }

    private static bool IsBlank(string line) =>
        line.AsSpan().Trim((Blanks + Emphasis).AsSpan()).IsEmpty && !Fence().IsMatch(line);

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(",;.!?({");

    /// <summary>What stands between the last mark of punctuation, or the beginning of the line, and the colon.</summary>
    private static ReadOnlySpan<char> Label(ReadOnlySpan<char> line) =>
        line[(line.LastIndexOfAny(Punctuation) + 1)..].Trim((Blanks + Emphasis + "-+#>").AsSpan());

    /// <summary>A quoted text, or one word.</summary>
    private static bool IsKey(ReadOnlySpan<char> label) => Key().IsMatch(label);

    private static bool IsAnswerTag(ReadOnlySpan<char> line) =>
        line.EndsWith("|>") // a special token of a chat template
        || AnswerNames.Contains(line[(line.LastIndexOf('<') + 1)..^1].ToString());

    /// <summary>Whether lines of the same paragraph are labelled in the same way.</summary>
    private static bool HasSibling(ReadOnlySpan<string> linesBefore, string after, bool sameLine)
    {
        for (var at = linesBefore.Length - 1; at >= 0 && !IsBlank(linesBefore[at]); at--)
        {
            if (LabelledLine().IsMatch(linesBefore[at]))
            {
                return true;
            }
        }

        return sameLine
            && after.Split('\n').Skip(1).TakeWhile(line => !IsBlank(line)).Any(line => LabelledLine().IsMatch(line));
    }

    [GeneratedRegex(@"^\s*(```|~~~)")]
    private static partial Regex Fence();

    // "age": 41
    [GeneratedRegex("""["'“”’]\s*:\s*(["'“‘{\[\d-]|true\b|false\b|null\b|None\b|True\b|False\b)""")]
    private static partial Regex Member();

    // age: 41
    [GeneratedRegex(@"^\s*[a-z_][A-Za-z0-9_]*\s*[:=](?!//)\s*\S")]
    private static partial Regex LowerCaseMember();

    [GeneratedRegex("""^(["'“‘].*["'”’]|[\p{L}\p{N}\p{M}_$@./-]+)$""")]
    private static partial Regex Key();

    // - **Home address:** Rome
    [GeneratedRegex(
        """^[\s*+>#-]*["'“]?[\p{L}\p{N}_$][\p{L}\p{N}_$'-]*( [\p{L}\p{N}_$'-]+){0,2}["'”]?\**\s*[:=](?!//)\**\s*\S"""
    )]
    private static partial Regex LabelledLine();
}
