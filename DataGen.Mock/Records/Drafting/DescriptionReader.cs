using System.Text.RegularExpressions;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Drafting;

/// <summary>
/// Reads what people write about a record: <c>A customer of an online book shop: full name, e-mail at example.com, age
/// 18-90, country</c>;
/// <c>Support tickets with a subject, a priority (low, medium or high) and …</c>; or a list of bullets.
/// </summary>
internal static partial class DescriptionReader
{
    /// <summary>Bounds what a description may cost: beyond them it is read no further.</summary>
    private const int LongestText = 6000;
    private const int MostFields = 200;
    private const int MostListStarts = 12;
    private const int MostTopics = 4;

    public static Draft Read(string text)
    {
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        text = Instruction().Replace(text.Replace("\r", "", StringComparison.Ordinal), " ").Trim();
        var description = Languages.Normalise(text, Languages.Find(text, ""));
        var (head, fields) = Find(description);
        var subject = Subject().Match(Words.Of(head)) is { Success: true } match ? match.Groups[1].Value.Trim() : "";
        var language = Languages.Find(text, head);
        var topics = FindTopics(subject, head, text, language);
        return new Draft(
            subject,
            language,
            topics,
            fields.Count > 0 ? Refine(fields, description) : Usual(topics),
            FindCity(head)
        );
    }

    /// <summary>A city that the description sets its records in.</summary>
    private static string? FindCity(string head) =>
        Where()
            .Matches(head)
            .Select(match => match.Groups[1].Value)
            .FirstOrDefault(name => Vocabulary.Instance.Places.Any(place => place.City == name));

    /// <summary>
    /// The topics whose words occur, the most often named first. The subject counts most, what comes before the list
    /// more than the list.
    /// </summary>
    private static List<Topic> FindTopics(string subject, string head, string text, string language)
    {
        var scored = Vocabulary
            .Instance.Topics.Select(topic =>
                (
                    Topic: topic,
                    Score: (topic.Words.Count(subject) * 6) + (topic.Words.Count(head) * 3) + topic.Words.Count(text)
                )
            )
            .Where(scored =>
                scored.Score > 0 && scored.Topic.Language is var spoken && (spoken == language || spoken is "en")
            )
            .ToList();
        return
        [
            .. scored
                // An English table stands in where there is none in the language of the records.
                .Where(one =>
                    one.Topic.Language == language
                    || !scored.Exists(other => other.Topic.Name == one.Topic.Name && other.Topic.Language == language)
                )
                .OrderByDescending(one => one.Topic.Language == language)
                .ThenBy(one => scored.Exists(other => other.Topic.Refines == one.Topic.Name))
                .ThenByDescending(one => one.Score)
                .Take(MostTopics)
                .Select(one => one.Topic),
        ];
    }

    /// <summary>The fields of a record when the description names none: what is usual for its topic.</summary>
    private static List<FieldSpec> Usual(List<Topic> topics) =>
        Read(
            (
                topics.FirstOrDefault(topic => topic.Fields.Length > 0)?.Fields
                ?? "full name, email, age, city, country, created at"
            ).Split(", ")
        );

    private static (string Head, List<FieldSpec> Fields) Find(string description)
    {
        var bullets = Bullet().Matches(description);
        if (
            bullets.Count >= 2
            && Read(bullets.Select(bullet => Joined(bullet.Groups[1].Value))) is { Count: > 0 } bulleted
        )
        {
            return (description[..bullets[0].Index], bulleted);
        }

        var lines = Line().Matches(description);
        if (lines.Count >= 3 && Read(lines.Select(line => line.Value)) is { Count: >= 3 } lined)
        {
            return (description[..lines[0].Index], lined);
        }

        // "A pair of a question and the SQL query that answers it".
        if (
            Pair().Match(description) is { Success: true } pair
            && Read([pair.Groups[1].Value, pair.Groups[2].Value]) is { Count: 2 } both
        )
        {
            return (description, both);
        }

        foreach (var start in ListStart().Matches(description).Take(MostListStarts))
        {
            // "with 5 % fraud: id, amount": the list begins at the colon.
            if (AfterShare().IsMatch(description[(start.Index + start.Length)..]))
            {
                continue;
            }

            var list = UpToEnd(description[(start.Index + start.Length)..]);
            var items = ItemSplitter.Split(list);
            var fields = Read(items);
            if (fields.Count >= 2 || (fields.Count == 1 && start.Value.Contains(':', StringComparison.Ordinal)))
            {
                fields = FieldReader.Unique(
                    fields.Concat(Further(description[(start.Index + start.Length + list.Length)..]))
                );
                return (description[..start.Index], fields);
            }
        }

        // "Name, age and city of a customer": the list comes first.
        if (
            Leading().Match(description) is { Success: true } leading
            && Read(ItemSplitter.Split(leading.Groups[1].Value)) is { Count: >= 2 } first
            && first.Count(field => FieldReader.IsKnown(field.Words)) * 2 >= first.Count
        )
        {
            return (leading.Groups[2].Value, first);
        }

        // "A question a traveller might ask, a correct answer, the topic": the description is the list.
        if (
            ItemSplitter.Split(UpToEnd(description)) is { Count: >= 3 } pieces
            && Read(pieces) is { Count: >= 3 } bare
            && bare.Count(field => FieldReader.IsKnown(field.Words)) * 2 >= bare.Count
        )
        {
            return (description, bare);
        }

        return (description, []);
    }

    private static List<FieldSpec> Read(IEnumerable<string> items) =>
        FieldReader.Unique(items.Take(MostFields).Select(FieldReader.Read).OfType<FieldSpec>());

    /// <summary>A bullet is one field, whose choices may be listed bare: <c>urgency low, medium or high</c>.</summary>
    private static string Joined(string bullet) => ItemSplitter.Split(bullet) is [var one] ? one : bullet;

    /// <summary>Lists in later sentences: <c>Also include a phone number.</c></summary>
    private static IEnumerable<FieldSpec> Further(string rest) =>
        Also().Matches(rest).SelectMany(also => Read(ItemSplitter.Split(also.Groups[1].Value)));

    /// <summary>Takes bounds from sentences about a field: <c>Prices are between 5 and 500 EUR.</c></summary>
    private static List<FieldSpec> Refine(List<FieldSpec> fields, string description)
    {
        List<FieldSpec> refined = [.. fields];
        foreach (Match sentence in About().Matches(description))
        {
            var about = Words.Of(sentence.Groups[1].Value);
            foreach (var (at, field) in fields.Index())
            {
                // What the list says of a field stays.
                var isOpen =
                    refined[at] is { Min: null, Max: null, From: null, Choices.Count: 0, MaxWords: null }
                    && (
                        about == field.Words
                        || about == $"{field.Words}s"
                        || about == $"{field.Words}es"
                        || $"{about}s" == field.Words
                    );
                if (isOpen)
                {
                    refined[at] = FieldQualifier.Apply(sentence.Groups[2].Value, refined[at], field.Words);
                }
            }
        }

        return
        [
            .. refined.Select(field =>
                field is { Share: null, Choices.Count: 0, IsList: false, Min: null, Max: null, Children.Count: 0 }
                && Vocabulary.Instance.Kind(field.Words) is { Source: "flag" }
                    ? field with
                    {
                        Share = Shares.FindFor(description, field.Words),
                    }
                    : field
            ),
        ];
    }

    /// <summary>A list ends with its sentence or its paragraph, unless the next paragraph goes on with it.</summary>
    private static string UpToEnd(string text)
    {
        var end = SentenceEnd().Match(text);
        return end.Success ? text[..end.Index] : text;
    }

    [GeneratedRegex(@"\b(?:in|around|across|near|of|aus|rund um) (\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)")]
    private static partial Regex Where();

    /// <summary>Sentences that say how to answer and not what a record holds.</summary>
    [GeneratedRegex(
        @"(?:^|(?<=[.!?\n]))[ \t]*(?:this is (?:record|row|item)\b[^.\n]*|(?:record|row) (?:number )?#?\d+ (?:of|/) \d+[^.\n]*|make (?:it|this one|each|every record)\b[^.\n]*(?:differ|unique|vary|other)[^.\n]*|(?:only |please )?(?:return|respond|reply|answer|output)\b[^.\n]*\b(?:json|object|prose|markdown|fences?)\b[^.\n]*|(?:do not|don't|never|no) [^.\n]*\b(?:prose|markdown|fences?|explanations?|comments?|duplicate|repeat)\b[^.\n]*)(?:[.!?](?=\s|$)|\n|$)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Instruction();

    [GeneratedRegex(@"^[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+(.+)$", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex(
        @"^[ \t]*[\p{L}_`""][\p{L}\d_ `""'-]{0,40}(?:\([^)\n]*\))?[ \t]*:[ \t]+\S.*$",
        RegexOptions.Multiline
    )]
    private static partial Regex Line();

    [GeneratedRegex(
        @":(?!//|\d)(?=\s|$)|\b(?:with(?!\s+tables?\b)|having|including|includes?|containing|contains?|consisting of|consists of|comprising|made of|has|have|fields?|columns?|attributes?|properties|keys)\b(?!\s*[:,])\s*(?:the\s+)?(?:following\s+)?(?:fields?|columns?|attributes?|properties|keys?|members?)?\s*:?",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ListStart();

    [GeneratedRegex(
        @"\bpairs? of (?:an? |the )?([^,.:;\n]{3,60}?) and (?:an? |the |its )?([^,.:;\n]{3,60}?)(?=$|[,.:;\n]| (?:for|from|about|that|which|in)\b)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Pair();

    [GeneratedRegex(@"^[^,;:\n.]{0,60}(?:%|percent|\bone in\b)[^,;:\n.]{0,60}:\s", RegexOptions.IgnoreCase)]
    private static partial Regex AfterShare();

    [GeneratedRegex(
        @"(?<!\be\.g|\bi\.e|\betc|\bapprox|\bno|\bmax|\bmin)[.!?](?=\s+[""“]?[\p{Lu}]|\s*$)|\n\s*\n(?!\s*[-*•–\d])"
    )]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(
        @"(?:^|[.!?\n])\s*(?:also|additionally|in addition|furthermore)?,?\s*(?:include|add|give|there is|each (?:one |record )?(?:also )?has|it also has|every record (?:also )?has)\s+(?:also\s+)?([^.\n]+)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Also();

    [GeneratedRegex(
        @"(?:^|[.!?\n])\s*(?:the\s+|each\s+|all\s+)?([\p{L}][\p{L}\d _-]{1,40}?)\s+(?:is|are|must be|should be|lies?|goes|range[sd]?|runs?|varies|vary)\s+([^.\n]*(?:\.\d+[^.\n]*)*)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex About();

    [GeneratedRegex(
        @"^\s*(?:(?:please\s+)?(?:generate|create|make|give me|produce|write)\s+)?(?:the\s+)?([^.:\n]{3,300}?)\s+(?:of|for|about|from)\s+(?:a|an|the|some|random|fictional|fake)\s+([^.:\n]+)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Leading();

    [GeneratedRegex(
        @"^(?:please )?(?:generate|create|make|give me|produce|write|i need|i want|synthetic|realistic|random|fake|one|a|an|the|each|every|single|record|records|row|rows|is|represents|describing|describes|list of|dataset of|data for| )*(.*?)(?: of | for | from | at | in | by | on | about | who | that | which |$)"
    )]
    private static partial Regex Subject();
}
