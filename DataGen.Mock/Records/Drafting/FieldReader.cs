using System.Text.RegularExpressions;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Reads one item of a list of fields: <c>age 18-90</c>, <c>`orderId`: a UUID</c>.</summary>
internal static partial class FieldReader
{
    private const int LongestName = 5;
    private const int LongestItem = 800;

    /// <summary>The field, or null when the item names none.</summary>
    public static FieldSpec? Read(string item)
    {
        var text = Clean().Replace((item.Length > LongestItem ? item[..LongestItem] : item).Trim(), "").Trim();
        text = Ranges.CountedInWords(text);
        if (text.Length == 0)
        {
            return null;
        }

        var (exact, named, said) = Name(ref text);
        if (
            Nested().Match(text) is { Success: true } nested
            && ItemSplitter.Split(nested.Groups[2].Value) is { Count: > 1 } parts
        )
        {
            var children = parts.Select(Read).OfType<FieldSpec>().ToList();
            var owner = Read(nested.Groups[1].Value);
            if (owner is not null && children.Count > 1)
            {
                return owner with { IsList = true, Children = Owned(owner.Words, children) };
            }
        }

        var spec = FieldQualifier.Apply(said ?? "", FieldQualifier.Apply(text, new FieldSpec("", "")), text);
        var remaining = said is null ? text : named;
        if (exact is null)
        {
            (spec, remaining) = Counted(spec, remaining);
        }

        remaining = Bare(said is null ? Stripped(remaining) : remaining);
        var words = Words.Of(exact ?? remaining);
        words = string.Join(
            ' ',
            words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(exact is null ? LongestName : int.MaxValue)
        );
        if (words.Length == 0 || !words.Any(char.IsLetter))
        {
            return null;
        }

        var key = exact ?? (Words.IsIdentifier(remaining) ? remaining : Words.SnakeCase(words));
        if (spec.Children.Count == 0 && Parenthesis().Match(text) is { Success: true } within)
        {
            spec = WithChildren(spec, words, within.Groups[1].Value);
        }
        // What is said about a field tells what it is only where its name does not.
        if (Notation().Match(text) is { Success: true } notation && exact is null)
        {
            return spec with { Key = key, Words = notation.Value.ToLowerInvariant() };
        }

        if (spec.Share is not null && Vocabulary.Instance.Kind(words) is not (null or { Source: "flag" }))
        {
            spec = spec with { Share = null };
        }

        var explained = said is not null && spec.Choices.Count == 0 && !IsKnown(words);
        return spec with { Key = key, Words = explained ? $"{words} {Words.Of(said!)}".Trim() : words };
    }

    /// <summary>Whether a name says by itself what the field holds.</summary>
    public static bool IsKnown(string words) =>
        Vocabulary.Instance.Translate(words) is not null || Vocabulary.Instance.Kind(words) is not null;

    /// <summary>The fields with each key once.</summary>
    public static List<FieldSpec> Unique(IEnumerable<FieldSpec> fields)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. fields.Where(field => seen.Add(field.Key))];
    }

    /// <summary>The words of a field within another: a bare "name" in "customer" is a customer's name.</summary>
    public static string OwnedWords(string owner, string words) =>
        owner.Length > 0
        && words is "name" or "id" or "number" or "code" or "title" or "type" or "status" or "description"
            ? $"{owner} {words}"
            : words;

    private static List<FieldSpec> Owned(string owner, List<FieldSpec> children) =>
        Unique(children.Select(child => child with { Words = OwnedWords(owner, child.Words) }));

    /// <summary>Parts the name from what is said about it, where a colon, a dash, quotes or back-ticks do so.</summary>
    private static (string? Exact, string Name, string? Said) Name(ref string text)
    {
        if (Quoted().Match(text) is { Success: true } quoted)
        {
            var exact = quoted.Groups[1].Value;
            text = quoted.Groups[2].Value.TrimStart(' ', ':', '-', '–', '—', '=');
            return (
                exact.Contains(' ', StringComparison.Ordinal) ? Words.SnakeCase(Words.Of(exact)) : exact,
                exact,
                text
            );
        }

        if (Titled().Match(text) is { Success: true } titled && Words.Count(titled.Groups[1].Value) <= LongestName)
        {
            var name = titled.Groups[1].Value.Trim('*', ' ');
            var said = titled.Groups[2].Value;
            text = said;
            return (Words.IsIdentifier(name) ? name : null, Stripped(name), said);
        }

        return (null, text, null);
    }

    private static FieldSpec WithChildren(FieldSpec spec, string words, string within)
    {
        if (spec.Choices.Count == 0 || OrWord().IsMatch(within))
        {
            return spec;
        }

        var parts = ItemSplitter.Split(within);
        if (parts.Count < 2 || parts.Any(part => Words.Count(part) > 3))
        {
            return spec;
        }

        var children = parts.Select(Read).OfType<FieldSpec>().ToList();
        var owner = Compound().IsMatch(words);
        return
            owner && children.Count == parts.Count && children.Count(child => IsKnown(child.Words)) * 2 > children.Count
            ? spec with
            {
                Choices = [],
                Children = Owned(words, children),
                IsList = false,
            }
            : spec;
    }

    /// <summary>Takes the count from the front: <c>3-5 tags</c>, <c>list of 3 actors</c>.</summary>
    private static (FieldSpec Spec, string Remaining) Counted(FieldSpec spec, string text)
    {
        if (ListOf().Match(text) is { Success: true } list)
        {
            spec = spec with { IsList = true };
            text = text[list.Length..];
        }

        if (LeadingCount().Match(text) is not { Success: true } count)
        {
            return (spec, text);
        }

        var least = Number(count.Groups[1].Value);
        var most = count.Groups[2].Success ? Number(count.Groups[2].Value) : least;
        return (
            spec with
            {
                IsList = true,
                MinItems = least,
                MaxItems = most,
                Min = null,
                Max = null,
            },
            text[count.Length..]
        );
    }

    /// <summary>The name without ranges, units, examples and what else may follow it.</summary>
    private static string Stripped(string text)
    {
        text = Parentheses().Replace(text, " ");
        text = Ranges.Remove(Shares.Remove(text));
        text = YesNo().Replace(text, " ");
        text = SlashChoices().Replace(text, " ");
        return Tail().Replace(text, "").Trim();
    }

    private static string Bare(string text)
    {
        text = Tail().Replace(text, "").Trim();
        string before;
        do
        {
            before = text;
            text = Lead().Replace(text, "").Trim();
        } while (text != before);
        text = Dangling().Replace(text, "");
        text = Form().Replace(text, "$1");
        return Whether().Replace(text, "").Trim(' ', '.', '"', '\'', '*', '_', '-', ',');
    }

    private static int? Number(string text) =>
        text.Equals("a couple of", StringComparison.OrdinalIgnoreCase) ? 2 : Words.Number(text);

    [GeneratedRegex(
        @"^(?:[-*•–]|\d{1,3}[.)])\s+|^(?:and|plus|also|including|include|or)\s+|[\s.;,]+$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Clean();

    [GeneratedRegex(@"^(?:the\s+)?[`""“']([\p{L}_][\p{L}\d_ .-]*)[`""”'](.*)$", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"^\*{0,2}([\p{L}_][\p{L}\d_ '’/-]*?(?:\s*\([^)]*\))?)\*{0,2}\s*(?::|=|\s[-–—]\s)\s*\*{0,2}\s*(.+)$",
        RegexOptions.Singleline
    )]
    private static partial Regex Titled();

    [GeneratedRegex(
        @"^(.*?)\s*[,:(]?\s*(?:each|every one|of which each)\s+(?:with|having|has|containing)\s+(?:a|an|the)?\s*(.+?)\)?$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Nested();

    [GeneratedRegex(
        @"^(?:last\s+|past\s+|previous\s+|exactly\s+|about\s+|around\s+|up to\s+|at least\s+)?(\d{1,2}|two|three|four|five|six|several|some|multiple|a couple of)(?:\s*(?:-|–|to|or)\s*(\d{1,2}|three|four|five|six))?\s+(?=\p{L}+s\b|\p{L}+\s+\p{L}+s\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex LeadingCount();

    [GeneratedRegex(
        @"^(?:a |an |the )?(?:short |random )?(?:list|array|set|collection) of\s+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ListOf();

    /// <summary>How an id or a link is written.</summary>
    [GeneratedRegex(@"\b(?:uuid|guid|isbn|iban|url)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Notation();

    [GeneratedRegex(@"\(([^)]*)\)")]
    private static partial Regex Parenthesis();

    [GeneratedRegex(@"\([^)]*\)?|\[[^\]]*\]?")]
    private static partial Regex Parentheses();

    [GeneratedRegex(
        @"\b(?:yes\s*/\s*no|true\s*/\s*false|y/n|yes or no|true or false|as a boolean|boolean)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex YesNo();

    [GeneratedRegex(@"(?<=\p{L}\s)(?!km/h|m/s|kg/m)[\p{L}\d-]+(?:/[\p{L}\d-]+)+$", RegexOptions.IgnoreCase)]
    private static partial Regex SlashChoices();

    [GeneratedRegex(@"\bor\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrWord();

    [GeneratedRegex(
        @"address|location|name|dimensions|coordinates|contact|author|customer|product|supplier|patient|position|size|vitals|readings?|company|user|seller|buyer|person",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Compound();

    /// <summary>Where a name ends and talk about it begins.</summary>
    [GeneratedRegex(
        @"\s+(?:at\s+(?=\S+\.\S|\d|least|most|@)|in\b|between\b|from\b|as an?\b|as\s|of type\b|one of\b|either\b|any of\b|such as\b|like\b|e\.g\b|for example\b|that\b|which\b|with\b|up to\b|around\b|about\b|where\b|who\b|if\b|when\b|ranging\b|within\b|under\b|over\b|below\b|above\b|ending\b|limited\b|chosen\b|written\b|using\b|mentioning\b|describing\b|an?\s+\p{L}+\s+(?:might|would|could|may|can)\b|of\s+(?=\d|about\b|around\b|up to\b|at most\b|at least\b|a few\b|one (?:or|to)\b)|=|[<>≤≥~@]|[-–—]\s).*$|\s*[:=(].*$|\s+[""“].*$",
        RegexOptions.IgnoreCase | RegexOptions.Singleline
    )]
    private static partial Regex Tail();

    [GeneratedRegex(
        @"^(?:a|an|the|their|its|his|her|our|your|some|ein|eine|une?|una?|el|la|il|le|and|iso[ -]?8601(?=\s+(?:time ?stamp|date))|optional|correct|clear|concise|polite|plain|optionally|unique|random|realistic|plausible|fake|valid|short|long|brief|detailed|friendly|nullable|required|one-sentence|two-sentence|one sentence|one line|one-line|own)\s+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Lead();

    [GeneratedRegex(@"(?:(?<!ed)\s+(?:of|in|at|with|a|an|the|per|from|to|about))+\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Dangling();

    /// <summary><c>a status word</c> is a status.</summary>
    [GeneratedRegex(@"^(.+?)\s+word$", RegexOptions.IgnoreCase)]
    private static partial Regex Form();

    [GeneratedRegex(
        @"^whether\s+(?:or not\s+)?(?:the\s+|they\s+|he\s+|she\s+|it\s+|there\s+)?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Whether();
}
