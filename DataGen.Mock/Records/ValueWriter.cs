using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Records.Rules;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records;

/// <summary>Writes the value of a field.</summary>
internal sealed class ValueWriter(RuleMemory rules)
{
    /// <summary>Writes the fields of an object, in their order.</summary>
    public void WriteObject(Utf8JsonWriter json, IReadOnlyList<FieldSpec> fields, RecordContext record)
    {
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Key);
            Write(json, field, record);
        }

        json.WriteEndObject();
    }

    /// <summary>A single value of the field's kind: a string, long, double or bool; never a list.</summary>
    public object Make(FieldSpec field, RecordContext record)
    {
        if (field.Choices.Count > 0)
        {
            return Choice(field, record);
        }

        if (field.Type is FieldType.Flag)
        {
            return rules.Find(field.Words) is { Type: FieldType.Flag } flag
                ? flag.Make(field, record)
                : record.Draw.Chance(0.6);
        }

        var rule = rules.Find(field.Words);
        if (rule is { IsList: true })
        {
            return record.Draw.Pick((List<string>)rule.Make(field, record));
        }

        var made = rule?.Make(field, record) ?? Unknown(field, record);
        return Fit(field, made, record);
    }

    private void Write(Utf8JsonWriter json, FieldSpec field, RecordContext record)
    {
        if (field.Children.Count > 0)
        {
            if (!field.IsList)
            {
                WriteObject(json, field.Children, record);
                return;
            }

            json.WriteStartArray();
            for (
                var left = record.Draw.Whole(field.MinItems ?? 1, field.MaxItems ?? Math.Max(3, field.MinItems ?? 0));
                left > 0;
                left--
            )
            {
                // Things in a list are others than the record itself.
                WriteObject(
                    json,
                    field.Children,
                    new RecordContext(
                        (ulong)record.Draw.Whole(0, long.MaxValue),
                        record.Faker,
                        record.Now,
                        field.Words,
                        record.Topic
                    )
                );
            }

            json.WriteEndArray();
            return;
        }

        var rule = field.Choices.Count > 0 ? null : rules.Find(field.Words);
        if (!field.IsList && rule is not { IsList: true })
        {
            WriteValue(json, Make(field, record));
            return;
        }

        json.WriteStartArray();
        foreach (var value in Items(field, rule, record))
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
    }

    private List<object> Items(FieldSpec field, FieldRule? rule, RecordContext record)
    {
        var least = field.MinItems ?? Math.Min(2, field.MaxItems ?? 2);
        var most = field.MaxItems ?? Math.Max(4, least);
        var count = (int)record.Draw.Whole(least, most);
        if (field.Choices.Count > 0)
        {
            return [.. record.Draw.Some(field.Choices, count)];
        }

        var items = rule is { IsList: true }
            ? [.. record.Draw.Some((List<string>)rule.Make(field, record), count)]
            : new List<object>();
        for (var tries = 0; items.Count < count && tries < count * 20; tries++)
        {
            // Equal items only where there are not enough different ones.
            var value = Make(field with { IsList = false }, record);
            if (!items.Contains(value) || (tries > count * 10 && items.Count < (field.MinItems ?? 1)))
            {
                items.Add(value);
            }
        }

        return items;
    }

    public static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case long whole:
                json.WriteNumberValue(whole);
                break;
            case double number:
                json.WriteNumberValue((decimal)number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                throw new ArgumentException(
                    $"A value is a string, a number or a flag, not {value.GetType().Name}.",
                    nameof(value)
                );
        }
    }

    private static object Choice(FieldSpec field, RecordContext record)
    {
        var choice = record.Draw.Pick(field.Choices);
        var numbers = field.Choices.All(each =>
            decimal.TryParse(each, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        );
        if (!numbers || field.Type is FieldType.Text)
        {
            return choice;
        }

        return long.TryParse(choice, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : double.Parse(choice, CultureInfo.InvariantCulture);
    }

    private static object Unknown(FieldSpec field, RecordContext record)
    {
        if (field.Type is FieldType.Whole or FieldType.Number || field.Min is not null || field.Max is not null)
        {
            return Rule.Number(field, record, 0, 100, field.Type is FieldType.Number ? 2 : 0);
        }

        if (field.Type is FieldType.Moment)
        {
            return TimeRules.Moment(field, record);
        }

        if (field.Type is FieldType.Date || field.From is not null)
        {
            return TimeRules.Day(field, record, -365, 0);
        }

        if (field.MinWords is not null || field.MaxWords is not null)
        {
            return record.Prose(field.MinWords ?? 3, field.MaxWords ?? (field.MinWords!.Value * 2));
        }

        return $"{record.Draw.Pick(Phrases.Plain)} {field.Words.Split(' ')[^1]}";
    }

    /// <summary>Brings a value to the type that was asked for.</summary>
    private static object Fit(FieldSpec field, object made, RecordContext record) =>
        (field.Type, made) switch
        {
            (FieldType.Whole, double number) => (long)Math.Round(number),
            (FieldType.Whole or FieldType.Number, string) => Rule.Number(
                field,
                record,
                1,
                10_000,
                field.Type is FieldType.Number ? 2 : 0
            ),
            (FieldType.Text, long whole) => whole.ToString(CultureInfo.InvariantCulture),
            (FieldType.Text, double number) => number.ToString(CultureInfo.InvariantCulture),
            (_, string text)
                when field.From is not null && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) =>
                TimeRules.Day(field, record, -365, 0),
            // A range says that it is a number, whatever its name means elsewhere.
            (null, string text)
                when (field.Min is not null || field.Max is not null)
                    && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => Rule.Number(
                field,
                record,
                0,
                100,
                0
            ),
            _ => made,
        };
}
