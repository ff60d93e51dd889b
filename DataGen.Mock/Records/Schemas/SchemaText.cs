using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes strings within a schema's bounds: format, pattern, length.</summary>
internal sealed class SchemaText(Draft draft, FieldSources sources)
{
    public Maker Compile(SchemaNode node, FieldSpec field)
    {
        var natural = node.Text("format") is { } format ? Formatted(format, field) : sources.Find(field).Make;
        var most = node.Whole("maxLength") ?? int.MaxValue;
        var least = Math.Min(node.Whole("minLength") ?? 0, most);
        var patterned = node.Text("pattern") is { } pattern ? PatternText.Of(pattern) : null;
        return record => patterned?.Invoke(record.Draw) ?? Sized(Text(natural(record), record), least, most, record);
    }

    private static string Text(object value, RecordContext record) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "yes" : "no",
            List<string> list => record.Draw.Pick(list),
            var number => Numbers.Text(number),
        };

    private static string Sized(string text, int least, int most, RecordContext record)
    {
        while (text.Length < least)
        {
            text = $"{text} {record.Draw.Pick(Vocabulary.Instance.List("sentence", record.Draft.Language))}";
        }

        if (text.Length <= most)
        {
            return text;
        }

        // Cut between words where that leaves enough.
        var space = text.LastIndexOf(' ', most);
        return space >= Math.Max(least, most / 2)
            ? text[..space].TrimEnd(',', ';')
            : text[..(char.IsHighSurrogate(text[Math.Max(0, most - 1)]) ? most - 1 : most)];
    }

    private Func<RecordContext, object> Formatted(string format, FieldSpec field)
    {
        var known = sources.Find(field);
        var isTime = known is { IsKnown: true, Type: FieldType.Date or FieldType.Moment };
        return format switch
        {
            "date" => sources.Find(As(isTime ? field.Words : "date", FieldType.Date)).Make,
            "date-time" => sources.Find(As(isTime ? field.Words : "timestamp", FieldType.Moment)).Make,
            "time" => record => record.Draw.Fill($"{record.Draw.Whole(0, 23):D2}:{record.Draw.Whole(10, 59)}:00Z"),
            "duration" => record => record.Expand("PT{5-180}M"),
            "email" or "idn-email" => Named(
                field.Words.Contains("email", StringComparison.Ordinal) ? field.Words : "email"
            ),
            "uri" or "url" or "iri" or "uri-reference" or "iri-reference" => Named(
                Vocabulary.Instance.Kind(field.Words)?.Source is "image" ? "image url" : "url"
            ),
            "uuid" => Named("uuid"),
            "hostname" or "idn-hostname" => Named("domain"),
            "ipv4" or "ipv6" => Named(format),
            _ => known.Make,
        };

        FieldSpec As(string words, FieldType type) =>
            new(field.Key, words)
            {
                Type = type,
                From = field.From,
                To = field.To,
            };

        Func<RecordContext, object> Named(string words) =>
            new Sources(draft, field with { Words = words }).Of(Vocabulary.Instance.Kind(words)!)!.Make;
    }
}
