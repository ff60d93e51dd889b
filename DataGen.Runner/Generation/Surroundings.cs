using System.Buffers;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Generation;

/// <summary>
/// Checks whether the text around an object is prose, or may be the rest of a larger record of which the object is only
/// one value. Prose:
/// <code>
/// Here is the record for "Ana": {…}        JSON: {…}        &lt;answer&gt;{…}&lt;/answer&gt;        {…} Let me know if {you} need more.
/// </code>
/// May be a larger record, and is refused:
/// <code>
/// "address":{…}    address: {…}    | Ana | {…} |    Ana,41,{…}    Customer(address={…})    &lt;address&gt;{…}&lt;/address&gt;    {…}, "age":41
/// Name: Ana                                {…}
/// Home address: {…}                        age: 41
/// ## Name                                  Name - Ann
/// Ann
/// ## Address                               Address - {…}
/// {…}
/// </code>
/// </summary>
internal static partial class Surroundings
{
    private const string Blanks = " \t\r\n\v\u00A0\u200B\u200C\u200D\u2060\uFEFF";
    private const string Skipped = Blanks + "*_`";

    // The gap in spaces that separates columns of a table.
    private const int ColumnGap = 3;

    // A longer line is prose, and a backtracking regular expression would take long on it.
    private const int LongestFact = 200;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(",;:.!?({)，；：。！？");

    // Words of a label or a tag that name the answer itself, not a member: JSON, <answer>, the final record.
    private static readonly HashSet<string> AnswerNames = new(
        "answer assistant final json output record response result the your antwort réponse respuesta resposta risposta ответ 答案 回答".Split(
            ' '
        ),
        StringComparer.OrdinalIgnoreCase
    );

    // Words with which a short line of prose begins: Note: fictional **Format:** JSON Hinweis: frei erfunden
    private static readonly HashSet<string> ProseNames = new(
        "note notes nota note format disclaimer tip hint warning caution explanation summary reasoning source p.s ps hinweis anmerkung remarque aviso observação avvertenza примечание 注意 注".Split(
            ' '
        ),
        StringComparer.OrdinalIgnoreCase
    );

    // Tags in which a page shows an answer: <pre><code>{…}</code></pre>
    private static readonly HashSet<string> FrameTags = new(
        "pre code samp".Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    // Tags of prose beside the answer: <p>Here is the <b>record</b>:</p>
    private static readonly HashSet<string> PageTags = new(
        "p br b i em strong".Split(' '),
        StringComparer.OrdinalIgnoreCase
    );

    /// <exception cref="FormatException">Something around the object may belong to it.</exception>
    public static void Check(string before, string after)
    {
        if (ToolCall().IsMatch(before))
        {
            throw new FormatException("The answer calls a tool; it is no record.");
        }

        (before, after) = (ChatTokens().Replace(before, ""), ChatTokens().Replace(after, ""));
        if (MayBeginIn(before, after))
        {
            throw new FormatException("What stands before the answer's JSON object may be a part of it.");
        }

        if (MayGoOnIn(after))
        {
            throw new FormatException("What stands after the answer's JSON object may be a part of it.");
        }
    }

    private static bool MayBeginIn(string before, string after)
    {
        var lines = before.Split('\n', '\r');
        var last = lines.Length - 1;
        var at = last;
        while (at > 0 && IsBlank(lines[at]))
        {
            at--;
        }

        var fenced = at < last && IsFence(lines[at]);
        while (at > 0 && (IsBlank(lines[at]) || (fenced && IsFence(lines[at]))))
        {
            at--;
        }

        var line = lines[at].TrimEnd(Skipped.AsSpan());
        var labels = !line.IsEmpty && line[^1] is ':' or '：';
        if (
            QuotedMember().IsMatch(before)
            || IsInElement(before, after)
            || IsOneOfSeveralItems(lines, after)
            || lines.Take(labels ? at : last + 1).Any(IsData)
            || IsOneOfSeveralParts(lines, at, after)
        )
        {
            return true;
        }

        if (line.IsEmpty || IsFence(line))
        {
            return false;
        }

        var nearness =
            at == last ? Nearness.SameLine
            : fenced ? Nearness.Fenced
            : lines[last].StartsWith(' ') || lines[last].StartsWith('\t') ? Nearness.Indented
            : Nearness.LineBelow;
        if (!labels)
        {
            return EndsInside(line, gap: lines[at].AsSpan(line.Length), nearness);
        }

        var label = Label(line[..^1]);
        if (NamesTheAnswer(label))
        {
            return false;
        }

        var colon = line[^1];
        return (colon == ':' && IsKey(label, nearness))
            || (
                IsLabelled($"{label}: 1")
                && lines
                    .Take(at)
                    .Concat(nearness == Nearness.SameLine ? after.Split('\n', '\r') : [])
                    .Any(each => each.Contains(colon) && IsLabelled(each))
            );
    }

    /// <summary>Whether a line that ends like this continues: <c>Ana,</c> or <c>address =</c>.</summary>
    private static bool EndsInside(ReadOnlySpan<char> line, ReadOnlySpan<char> gap, Nearness nearness)
    {
        if (nearness == Nearness.Fenced)
        {
            return false;
        }

        if (line[^1] == '>')
        {
            // <|im_start|> and its like are tokens of chat templates.
            var tag = line[(line.LastIndexOf('<') + 1)..^1];
            var name = tag.IndexOf(' ') is > 0 and var blank ? tag[..blank] : tag;
            // IsInElement has already decided whether <code> is a member or only shows the answer.
            return !line.EndsWith("|>") && !NamesTheAnswer(name) && !FrameTags.Contains(name.ToString());
        }

        return ",;=|(+\\→⇒".Contains(line[^1])
            || line.Trim() is "-"
            || line.EndsWith("....")
            || (
                nearness == Nearness.SameLine
                && (
                    "\"'“‘<&".Contains(line[^1])
                    || gap.Contains('\t')
                    || (gap.Count(' ') >= ColumnGap && char.IsLetterOrDigit(line[^1]))
                    || line[^1] == '/'
                    || PairEnd().IsMatch(line)
                    || (
                        gap.IsEmpty
                        && char.IsAsciiLetterOrDigit(line[^1])
                        && !NamesTheAnswer(line[(line.LastIndexOfAny(" `") + 1)..])
                    )
                )
            );
    }

    private static bool MayGoOnIn(string after)
    {
        var lines = after.Split('\n', '\r');
        var rest = lines[0].AsSpan().TrimStart(Skipped.AsSpan());
        var gap = lines[0].AsSpan(0, lines[0].Length - rest.Length);
        var later = after.AsSpan().TrimStart(Skipped.AsSpan());
        return (!later.IsEmpty && ",:;=])[".Contains(later[0]))
            || (!rest.IsEmpty && ("|\"'”’+&\\".Contains(rest[0]) || char.IsAsciiDigit(rest[0]) || gap.Contains('\t')))
            || QuotedMember().IsMatch(after)
            || lines.Any(IsData)
            || Element()
                .Matches(after)
                .Any(element =>
                    element.Groups["name"].Value is var name
                    && !FrameTags.Contains(name)
                    && !PageTags.Contains(name)
                    && !NamesTheAnswer(name)
                );
    }

    /// <summary>Whether the object stands under one of several headings, <c>## Address</c> or <c>[address]</c>, or
    /// after a dash as others do: <c>Name - Ann</c>, <c>Address - {…}</c>.</summary>
    private static bool IsOneOfSeveralParts(string[] lines, int at, string after)
    {
        var others = lines.Take(at).Concat(after.Split('\n', '\r')).ToList();
        return (
                Heading().Match(lines[at]) is { Success: true } heading
                && !NamesProse(heading.Groups["label"].ValueSpan)
                && others.Any(line =>
                    Heading().Match(line) is { Success: true } other && !NamesProse(other.Groups["label"].ValueSpan)
                )
            )
            || (IsUnderline(lines, at) && Enumerable.Range(0, at).Any(other => IsUnderline(lines, other)))
            || (at == lines.Length - 2 && IsShortItem(lines[at]) && lines.Take(at).Any(IsShortItem))
            || (DashEnd().IsMatch(lines[at]) && others.Any(Dashed().IsMatch));
    }

    // A heading is a line with a line of dashes below it; a line of dashes alone is a ruler.
    private static bool IsUnderline(string[] lines, int at) =>
        at > 0 && Ruler().IsMatch(lines[at]) && !IsBlank(lines[at - 1]);

    private static bool IsShortItem(string line) => ShortItem().IsMatch(line);

    /// <summary>The text between the beginning of the line, or its last punctuation, and the colon, without bullets:
    /// <c>Home address</c> of <c>- **Home address** (JSON):</c>.</summary>
    private static ReadOnlySpan<char> Label(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd(Skipped);
        if (line.EndsWith(')') && line.LastIndexOf('(') is >= 0 and var parenthesis)
        {
            line = line[..parenthesis];
        }

        var start = line.LastIndexOfAny(Punctuation) + 1;
        while (start < line.Length && !char.IsLetterOrDigit(line[start]) && !"\"'“‘_$@[".Contains(line[start]))
        {
            start++;
        }

        return line[start..].TrimEnd(Skipped);
    }

    private static bool NamesTheAnswer(ReadOnlySpan<char> label) =>
        !label.IsEmpty && label.Length <= 40 && label.ToString().Split(' ', '_').All(AnswerNames.Contains);

    /// <summary>One word, or a quoted text, is the key of a member. On the line above it is a heading when it looks
    /// like one, because YAML indents.</summary>
    private static bool IsKey(ReadOnlySpan<char> label, Nearness nearness) =>
        Key().IsMatch(label)
        && (
            nearness is Nearness.SameLine or Nearness.Indented
            || (
                nearness == Nearness.LineBelow
                && !label.IsEmpty
                && (char.IsLower(label[0]) || !char.IsLetterOrDigit(label[0]))
            )
        );

    /// <summary>Whether the object is an item beside others: <c>1. Ana</c>, <c>2. {…}</c>.</summary>
    private static bool IsOneOfSeveralItems(string[] lines, string after) =>
        IsItem(lines[^1])
        && lines[^1].AsSpan().Trim().Length <= 10
        && (lines.SkipLast(1).Any(IsItem) || after.Split('\n', '\r').Skip(1).Any(IsItem));

    /// <summary>Whether the text ends within an XML element: <c>&lt;address&gt;</c>, but not
    /// <c>&lt;answer&gt;</c>.</summary>
    private static bool IsInElement(string before, string after)
    {
        if (TornTag().IsMatch(before))
        {
            return true;
        }

        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Match tag in Tag().Matches(before))
        {
            var name = tag.Groups["name"].Value;
            open[name] = open.GetValueOrDefault(name) + (tag.Groups["close"].Success ? -1 : 1);
        }

        // Beside other elements, <code> may be an element of a record.
        var isPage = open
            .Keys.Concat(Tag().Matches(after).Select(tag => tag.Groups["name"].Value))
            .All(name => FrameTags.Contains(name) || PageTags.Contains(name) || NamesTheAnswer(name));
        return open.Any(element =>
            element.Value > 0 && !NamesTheAnswer(element.Key) && !(isPage && FrameTags.Contains(element.Key))
        );
    }

    private static bool IsBlank(string line) => line.AsSpan().Trim(Skipped).IsEmpty && !IsFence(line);

    private static bool IsFence(ReadOnlySpan<char> line) => Fence().IsMatch(line);

    private static bool IsItem(string line) => Item().IsMatch(line);

    private static bool IsLabelled(string line) => LabelledLine().IsMatch(line);

    private static bool IsData(string line) =>
        !ProseHead().IsMatch(line)
        && (
            DataLine().IsMatch(line)
            || TableRow().IsMatch(line)
            || (
                line.Length <= LongestFact
                && !line.Contains("```", StringComparison.Ordinal)
                && ShortFact().Match(line) is { Success: true } fact
                && !NamesProse(fact.Groups["label"].ValueSpan)
            )
        );

    private static bool NamesProse(ReadOnlySpan<char> label) =>
        NamesTheAnswer(label) || label.ToString().Split(' ').Any(ProseNames.Contains);

    [GeneratedRegex(@"^\s*(```|~~~)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"<(?<close>/)?(?<name>\p{L}[\w:.-]*)(\s[^<>\n]*)?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    // A tag whose > stands on the next line, also where QuotedLines has taken that > for the mark of a quote
    [GeneratedRegex(
        """<\p{L}[\w:.-]*(\s+[\w:.-]+\s*=\s*("[^"<>]*"|'[^'<>]*'))*[ \t]*\r?\n\s*(>\s*)?\z""",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex TornTag();

    // "age": 41
    [GeneratedRegex("""["'“”’]\s*:\s*(["'“‘{\[\d/#-]|true\b|false\b|null\b|None\b|True\b|False\b)""")]
    private static partial Regex QuotedMember();

    // age: forty   age:   Age: 41   41   "Ann"   "name" to "Ann"   .age = 41   record["age"] = 41   age → 41   age - 41
    [GeneratedRegex(
        """
            ^\s*(
                [.]?[a-z_][A-Za-z0-9_]*(([.-][A-Za-z0-9_]+)|\[(\d*|"[^"]*"|'[^']*')\])*\s*[:=](?!//)
                | [\p{L}_][\p{L}\p{N}_]*\s*(→|⇒|->|=>)\s*\S
                | [a-z_][A-Za-z0-9_]*\s+[-–—]\s+(-?\d[\d.,]*|true|false|null)\s*$
                | [\p{L}_][\p{L}\p{N}_]*\s*[:=]\s*(-?\d|(true|false|null)\b)
                | ("[^"]*"|-?\d+([.]\d+)?|true|false|null),?\s*$
                | "[^"]*"\s+to\s+("|-?\d|(true|false|null)\b)
            )
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex DataLine();

    // heads-up: the names are made up   p.s: fictional, but not: follow-up: 2026-03-01
    [GeneratedRegex(
        @"^[\s*`>#+•–-]*(heads-up|follow-up|p\.s\.?)[*`]*\s*[:：][\s*`_]*(?!(true|false|null)\b)\p{L}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex ProseHead();

    // | Age | 41 |
    [GeneratedRegex(@"^\s*\|.*\|\s*$")]
    private static partial Regex TableRow();

    // **Age:** 41   - age: `41`   2. City: New York   Age (years): 41   > **Full name** - Ana
    // But not: Enjoy: have fun with it.
    [GeneratedRegex(
        """
            ^[\s*`>#+•–-]*(\(?\d{1,9}[.)][\s*`]*)?
            (?<label>[\p{L}_][\p{L}\p{N}_.'-]*([ ][\p{L}\p{N}_.'-]+){0,2})[*`"”]*\s*(\([^()]{0,40}\)[*`]*\s*)?
            ([:=：](?!//)|(?<=[*`]\s*(\([^()]{0,40}\)\s*)?)[-–—])[\s*`_]*
            ["'“]?((?=[\p{L}\p{N}+$€£-])([^\s.!?…"]|[.](?=\w))+)
            ([ ]([^\s.!?…"]|[.](?=\w))+|([ ][\p{Lu}\p{N}]([^\s.!?…"]|[.](?=\w))*){2,3})?("[*`_]*)?\s*$
            """,
        RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex ShortFact();

    // ## Address   **Address**   [address]
    [GeneratedRegex(
        @"^\s*(#{1,6}\s+[*_]*(?<label>[^*_\n]{1,60}?)[*_:]*|\*\*(?<label>[^*\n]{1,60})\*\*|\[(?<label>[\p{L}][\p{L}\p{N} ._-]{0,40})\])\s*$"
    )]
    private static partial Regex Heading();

    // Address -
    [GeneratedRegex(@"^\s*[\p{L}_][\p{L}\p{N}_ ]{0,40}\s[-–—]\s*$")]
    private static partial Regex DashEnd();

    // Full name - Ann Lee
    [GeneratedRegex(@"^\s*[\p{L}_][\p{L}\p{N}_ ]{0,40}\s[-–—]\s\S")]
    private static partial Regex Dashed();

    // "address" to
    [GeneratedRegex("""^\s*"[^"]*"\s+to$""")]
    private static partial Regex PairEnd();

    // <s>   <start_of_turn>model   <|im_end|>   <｜Assistant｜>
    [GeneratedRegex(
        @"</?s>|<(bos|eos|pad)>|<(start|end)_of_turn>(model|assistant)?|<｜[^｜<>\n]{1,40}｜>",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex ChatTokens();

    // * Ana   2. Ana   b) Ana
    [GeneratedRegex(@"^\s*([*+•–]|\d{1,9}[.)]|[a-z][)])\s")]
    private static partial Regex Item();

    // * Home address, but not: * I made the customer an adult
    [GeneratedRegex(@"^\s*([*+•–-]|\d{1,9}[.)]|[a-z][)])\s+[\p{L}\p{N}_'-]+( [\p{L}\p{N}_'-]+){0,2}\s*$")]
    private static partial Regex ShortItem();

    // ----   ====
    [GeneratedRegex(@"^\s*(-{3,}|={3,}|~{4,})\s*$")]
    private static partial Regex Ruler();

    // <age>41</age>
    [GeneratedRegex(@"<(?<name>\p{L}[\w:.-]{0,60})>[^<>\n]{1,200}</\k<name>>", RegexOptions.ExplicitCapture)]
    private static partial Regex Element();

    // The tokens that the chat templates of Mistral and Llama put before a tool call.
    [GeneratedRegex(@"\[TOOL_CALLS\]|<\|python_tag\|>", RegexOptions.ExplicitCapture)]
    private static partial Regex ToolCall();

    // Ana   "Ana Díaz"   ana.addresses[0]
    [GeneratedRegex("""^(["'“‘].*["'”’]|[\p{L}\p{N}\p{M}_$@/-]+(\[\w*\])*|)$""")]
    private static partial Regex Key();

    // - **Home address:** Rome
    [GeneratedRegex(
        """^[\s*+>#-]*["'“]?[\p{L}\p{N}_$][\p{L}\p{N}_$'-]*( [\p{L}\p{N}_$'-]+){0,2}["'”]?\**( \([^()]*\))?\s*[:=：](?!//)\**\s*\S"""
    )]
    private static partial Regex LabelledLine();

    /// <summary>How near the object is to the text before it.</summary>
    private enum Nearness
    {
        SameLine,
        Indented,
        LineBelow,
        Fenced,
    }
}
