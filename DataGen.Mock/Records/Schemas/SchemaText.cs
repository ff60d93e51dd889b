using System.Globalization;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes strings within a schema's bounds: format, pattern, length.</summary>
internal sealed class SchemaText(ValueWriter values)
{
    public string Make(SchemaNode node, FieldSpec field, RecordContext record)
    {
        if (node.Text("pattern") is { } pattern && PatternText.TryMake(pattern, record.Draw) is { } patterned)
        {
            return patterned;
        }

        if (node.Text("format") is { } format && Formatted(format, field, record) is { } formatted)
        {
            return formatted;
        }

        var text = Text(values.Make(field, record));
        var most = node.Whole("maxLength") ?? int.MaxValue;
        var least = Math.Min(node.Whole("minLength") ?? 0, most);
        while (text.Length < least)
        {
            text = $"{text} {record.Draw.Pick(Phrases.Sentences)}";
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

    private static string Text(object made) =>
        made switch
        {
            string text => text,
            bool flag => flag ? "yes" : "no",
            var number => Convert.ToString(number, CultureInfo.InvariantCulture) ?? "",
        };

    private string? Formatted(string format, FieldSpec field, RecordContext record)
    {
        var moment = FieldType.Moment;
        return format switch
        {
            "date" => Text(values.Make(Is(field, FieldType.Date), record)) is { Length: >= 10 } day
            && DateOnly.TryParseExact(day[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ? day[..10]
                : Text(values.Make(new FieldSpec("", "date") { From = field.From, To = field.To }, record)),
            "date-time" => Text(values.Make(Is(field, moment), record)) is { Length: 20 } exact && exact[^1] is 'Z'
                ? exact
                : Later(field, record),
            "time" => string.Create(
                CultureInfo.InvariantCulture,
                $"{record.Draw.Whole(0, 23):D2}:{record.Draw.Whole(0, 59):D2}:{record.Draw.Whole(0, 59):D2}Z"
            ),
            "duration" => string.Create(CultureInfo.InvariantCulture, $"PT{record.Draw.Whole(5, 180)}M"),
            "email" or "idn-email" => Named("email", field, record),
            "uri" or "url" or "iri" or "uri-reference" or "iri-reference" => field.Words.Contains(
                "image",
                StringComparison.Ordinal
            ) || field.Words.Contains("photo", StringComparison.Ordinal)
                ? Named("image url", field, record)
                : Named("url", field, record),
            "uuid" => Named("uuid", field, record),
            "hostname" or "idn-hostname" => Named("domain", field, record),
            "ipv4" => Named("ipv4", field, record),
            "ipv6" => Named("ipv6", field, record),
            _ => null,
        };
    }

    private string Later(FieldSpec field, RecordContext record) =>
        Text(values.Make(new FieldSpec("", "timestamp") { From = field.From, To = field.To }, record));

    private string Named(string words, FieldSpec field, RecordContext record) =>
        Text(values.Make(new FieldSpec(field.Key, words) { Domain = field.Domain }, record));

    private static FieldSpec Is(FieldSpec field, FieldType type) =>
        field with
        {
            Type = type,
            Choices = [],
            MinWords = null,
            MaxWords = null,
            Min = null,
            Max = null,
        };
}
