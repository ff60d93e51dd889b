using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataGen.Mock.Hosting;
using DataGen.Mock.Records.Descriptions;
using DataGen.Mock.Records.Rules;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Writes a value that follows a JSON Schema, and that is plausible as far as names, descriptions and the
/// prompt tell what it means.</summary>
internal sealed class SchemaFiller(ValueWriter values)
{
    /// <summary>Below this only what is required is written, so that schemas that hold themselves come to an
    /// end.</summary>
    private const int DeepEnough = 5;
    private const double NullShare = 0.08;
    private const double OptionalShare = 0.9;
    private readonly SchemaText text = new(values);

    public void Write(Utf8JsonWriter json, JsonElement schema, RecordPlan plan, RecordContext record) =>
        Write(json, new SchemaNode(schema, schema), new FieldSpec("", plan.Subject), plan, record, 0);

    private void Write(
        Utf8JsonWriter json,
        SchemaNode given,
        FieldSpec field,
        RecordPlan plan,
        RecordContext record,
        int depth
    )
    {
        var node = given.Resolved(record.Draw);
        if (node.Constant is { } constant)
        {
            constant.WriteTo(json);
            return;
        }

        if (node.Values is { Count: > 0 } allowed)
        {
            Pick(allowed, field, record).WriteTo(json);
            return;
        }

        switch (node.Type(record.Draw.Chance(NullShare)))
        {
            case "null":
                json.WriteNullValue();
                break;
            case "object":
                WriteObject(json, node, field, plan, record, depth);
                break;
            case "array":
                WriteArray(json, node, field, plan, record, depth);
                break;
            case "boolean":
                ValueWriter.WriteValue(json, values.Make(field with { Type = FieldType.Flag, Choices = [] }, record));
                break;
            case "integer":
                json.WriteNumberValue(SchemaNumber.Make(node, field, values, record, whole: true));
                break;
            case "number":
                json.WriteNumberValue(SchemaNumber.Make(node, field, values, record, whole: false));
                break;
            default:
                json.WriteStringValue(text.Make(node, field, record));
                break;
        }
    }

    private void WriteObject(
        Utf8JsonWriter json,
        SchemaNode node,
        FieldSpec field,
        RecordPlan plan,
        RecordContext record,
        int depth
    )
    {
        if (node.Properties is not { } properties || !properties.Any())
        {
            if (depth == 0 && node.AdditionalProperties is null)
            {
                values.WriteObject(json, plan.Fields.Count > 0 ? plan.Fields : GenericFields.For(plan), record);
            }
            else
            {
                WriteMap(json, node, plan, record, depth);
            }

            return;
        }

        var required = node.Required;
        json.WriteStartObject();
        foreach (var property in properties)
        {
            if (!required.Contains(property.Name) && (depth >= DeepEnough || !record.Draw.Chance(OptionalShare)))
            {
                continue;
            }

            var child = new SchemaNode(property.Value, node.Root);
            json.WritePropertyName(property.Name);
            Write(
                json,
                child,
                Field(property.Name, child, depth > 0 ? field.Words : "", plan),
                plan,
                record,
                depth + 1
            );
        }

        foreach (var name in required.Where(name => !properties.Any(property => property.Name == name)))
        {
            json.WriteString(name, text.Make(node, new FieldSpec(name, Words.Of(name)), record));
        }

        json.WriteEndObject();
    }

    /// <summary>An object whose members have no names of their own in the schema.</summary>
    private void WriteMap(Utf8JsonWriter json, SchemaNode node, RecordPlan plan, RecordContext record, int depth)
    {
        json.WriteStartObject();
        if (node.AdditionalProperties is { ValueKind: JsonValueKind.Object } member && depth < DeepEnough)
        {
            foreach (var name in record.Draw.Some(Phrases.Plain, Math.Max(2, node.Whole("minProperties") ?? 0)))
            {
                json.WritePropertyName(name);
                Write(json, new SchemaNode(member, node.Root), new FieldSpec(name, name), plan, record, depth + 1);
            }
        }

        foreach (var name in node.Required)
        {
            json.WriteString(name, text.Make(node, new FieldSpec(name, Words.Of(name)), record));
        }

        json.WriteEndObject();
    }

    private void WriteArray(
        Utf8JsonWriter json,
        SchemaNode node,
        FieldSpec field,
        RecordPlan plan,
        RecordContext record,
        int depth
    )
    {
        var least = node.Whole("minItems") ?? field.MinItems ?? (depth >= DeepEnough ? 0 : 1);
        var most = node.Whole("maxItems") ?? field.MaxItems ?? Math.Max(least + 2, 3);
        var count = depth >= DeepEnough ? least : record.Draw.Whole(least, Math.Max(least, Math.Min(most, least + 8)));
        var unique = node.Member("uniqueItems") is { ValueKind: JsonValueKind.True };
        // A list's items are named after it: "tags" holds tags.
        var item = field with
        {
            IsList = false,
            MinItems = null,
            MaxItems = null,
        };
        var first = node.Member("prefixItems") is { ValueKind: JsonValueKind.Array } prefix
            ? prefix.EnumerateArray().ToArray()
            : [];
        var rest = node.Member("items");
        if (first.Length > 0 && rest is null or { ValueKind: JsonValueKind.False })
        {
            count = Math.Min(Math.Max(count, least), first.Length);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartArray();
        for (var tries = 0; seen.Count < count && tries < count * 30; tries++)
        {
            var index = seen.Count;
            var schema =
                index < first.Length ? first[index]
                : rest is { ValueKind: JsonValueKind.Object } each ? each
                : default;
            var one =
                schema.ValueKind is JsonValueKind.Undefined
                    ? JsonSerializer.Serialize(text.Make(node, item, record), SchemaJson.Default.String)
                    : Text(inner =>
                        Write(
                            inner,
                            new SchemaNode(schema, node.Root),
                            item,
                            plan,
                            new RecordContext(
                                (ulong)record.Draw.Whole(0, long.MaxValue),
                                record.Faker,
                                record.Now,
                                item.Words,
                                record.Topic
                            ),
                            depth + 1
                        )
                    );
            // Equal items are tolerated where they are allowed, but only when there is nothing else.
            var isNew = seen.Add(one);
            if (!isNew && (unique || tries < count * 10))
            {
                continue;
            }

            if (!isNew)
            {
                seen.Add($"{one} {tries.ToString(CultureInfo.InvariantCulture)}");
            }

            json.WriteRawValue(one, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Responses.Relaxed))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One of the allowed values; those the prompt also names, when there are such.</summary>
    private static JsonElement Pick(IReadOnlyList<JsonElement> allowed, FieldSpec field, RecordContext record)
    {
        if (field.Choices.Count > 0)
        {
            var named = allowed
                .Where(value => field.Choices.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase))
                .ToArray();
            if (named.Length > 0)
            {
                return record.Draw.Pick(named);
            }
        }

        return record.Draw.Pick(allowed);
    }

    /// <summary>What is known about a property: its name, what its description says, what the prompt says about a field
    /// of that name.</summary>
    private static FieldSpec Field(string name, SchemaNode node, string owner, RecordPlan plan)
    {
        var words = Words.Of(name);
        var description = node.Text("description") ?? node.Text("title") ?? "";
        var known =
            FieldRules.Find(words) is null && description.Length > 0 ? $"{words} {Words.Of(description)}" : words;
        var field = FieldReader.Qualified(
            description,
            new FieldSpec(name, FieldReader.OwnedWords(owner, known)),
            words
        ) with
        {
            IsList = false,
            Children = [],
            Type = null,
        };
        var named =
            plan.Fields.FirstOrDefault(other => other.Key == name)
            ?? plan.Fields.FirstOrDefault(other => other.Words == words);
        return named is null
            ? field
            : field with
            {
                Min = named.Min ?? field.Min,
                Max = named.Max ?? field.Max,
                Decimals = Math.Max(named.Decimals, field.Decimals),
                Choices = named.Choices.Count > 0 ? named.Choices : field.Choices,
                Domain = named.Domain ?? field.Domain,
                MinItems = named.MinItems ?? field.MinItems,
                MaxItems = named.MaxItems ?? field.MaxItems,
                MinWords = named.MinWords ?? field.MinWords,
                MaxWords = named.MaxWords ?? field.MaxWords,
                From = named.From ?? field.From,
                To = named.To ?? field.To,
            };
    }
}
