using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Values;

/// <summary>Finds what makes the values of a field, by its name and by what was said about it.</summary>
internal sealed class FieldSources(Draft draft)
{
    private readonly Vocabulary vocabulary = Vocabulary.Instance;

    public FieldSource Find(FieldSpec field)
    {
        var words = vocabulary.Translate(field.Words) ?? field.Words;
        field = field with { Words = words };
        if (FindColumn(words) is var (topic, column) && Column(field, topic, column) is { } source)
        {
            return source;
        }

        var kind = vocabulary.Kind(words, field.Unit);
        return kind is null ? Guess(field) : new Sources(draft, field).Of(kind) ?? Guess(field);
    }

    private (Topic, int)? FindColumn(string words)
    {
        foreach (var topic in draft.Topics)
        {
            if (topic.Find(words) is >= 0 and var column)
            {
                return (topic, column);
            }
        }

        return null;
    }

    private static FieldSource? Column(FieldSpec field, Topic topic, int index)
    {
        var column = topic.Columns[index];
        if (column.IsProse)
        {
            return new FieldSource(FieldType.Text, false, record => Prose.Make(record, topic, index, field));
        }

        if (column.IsList)
        {
            return new FieldSource(
                FieldType.Text,
                true,
                record => record.Cell(topic, index).Split(',', StringSplitOptions.TrimEntries).ToList()
            )
            {
                IsWhole = true,
            };
        }

        var sample = topic.Rows[0][index];
        if (sample is "true" or "false")
        {
            return new FieldSource(FieldType.Flag, false, record => record.Cell(topic, index) is "true");
        }

        if (Numbers.TryRange(sample, out _, out _, out _))
        {
            // Bounds of the description win over the usual ones, and a rating follows from the row's.
            return field.Min is not null || field.Max is not null || column.Name is "rating"
                ? null
                : new FieldSource(
                    topic.Rows.Any(row => row[index].Contains('.', StringComparison.Ordinal))
                        ? FieldType.Number
                        : FieldType.Whole,
                    false,
                    record =>
                        Numbers.TryRange(record.Row(topic)[index], out var low, out var high, out var decimals)
                            ? Numbers.Between(record.Draw, low, high, decimals)
                            : record.Row(topic)[index]
                );
        }

        return column.Name is "rating"
            ? null
            : new FieldSource(
                FieldType.Text,
                false,
                record =>
                    field.MaxWords is { } most
                        ? Prose.Shorten(record.Cell(topic, index), most)
                        : record.Cell(topic, index)
            );
    }

    /// <summary>For a name that says nothing: what its bounds say, else a few words of the topic.</summary>
    private FieldSource Guess(FieldSpec field)
    {
        if (field.Min is not null || field.Max is not null || field.Type is FieldType.Whole or FieldType.Number)
        {
            return new Sources(draft, field).Number(0, 100, field.Type is FieldType.Number ? 2 : 0) with
            {
                IsKnown = false,
            };
        }

        if (field.MinWords is not null || field.MaxWords is not null || field.MinSentences is not null)
        {
            return (new Sources(draft, field).Text() ?? Word()) with { IsKnown = false };
        }

        return field.Type switch
        {
            FieldType.Flag => new FieldSource(FieldType.Flag, false, record => record.Draw.Chance(0.5), false),
            FieldType.Date or FieldType.Moment => new Sources(draft, field).When(field.Type.Value, -365, 0) with
            {
                IsKnown = false,
            },
            _ => Word(),
        };

        FieldSource Word() =>
            new(FieldType.Text, false, record => record.Draw.Pick(vocabulary.List("plain", draft.Language)), false);
    }
}
