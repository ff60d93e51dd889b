using System.Text.Json;
using System.Text.RegularExpressions;
using DataGen.Mock.Inference;
using DataGen.Mock.Records.Rules;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Answers a prompt that asks for a JSON Schema of a record instead of a record.</summary>
internal static partial class SchemaDraft
{
    /// <summary>Whether the prompt wants a schema written, and not one followed.</summary>
    public static bool IsAskedFor(IReadOnlyList<ChatMessage> messages) =>
        messages.Any(message =>
            message.Content.Contains("schema", StringComparison.OrdinalIgnoreCase) && Asked().IsMatch(message.Content)
        );

    public static void Write(Utf8JsonWriter json, IReadOnlyList<FieldSpec> fields)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        WriteMembers(json, fields);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<FieldSpec> fields)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Key);
            var rule = FieldRules.Find(field.Words);
            if (field.IsList || (rule is { IsList: true } && field.Choices.Count == 0))
            {
                json.WriteString("type", "array");
                if (field.MinItems is { } least)
                {
                    json.WriteNumber("minItems", least);
                }

                if (field.MaxItems is { } most)
                {
                    json.WriteNumber("maxItems", most);
                }

                json.WriteStartObject("items");
                WriteOne(json, field, rule);
                json.WriteEndObject();
            }
            else
            {
                WriteOne(json, field, rule);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (var field in fields)
        {
            json.WriteStringValue(field.Key);
        }

        json.WriteEndArray();
        json.WriteBoolean("additionalProperties", false);
    }

    private static void WriteOne(Utf8JsonWriter json, FieldSpec field, FieldRule? rule)
    {
        if (field.Children.Count > 0)
        {
            WriteMembers(json, field.Children);
            return;
        }

        if (field.Choices.Count > 0)
        {
            json.WriteString("type", "string");
            json.WriteStartArray("enum");
            foreach (var choice in field.Choices)
            {
                json.WriteStringValue(choice);
            }

            json.WriteEndArray();
            return;
        }

        var type =
            field.Type ?? rule?.Type ?? (field.Min is null && field.Max is null ? FieldType.Text : FieldType.Whole);
        if (type is FieldType.Text && (field.Min is not null || field.Max is not null))
        {
            type = FieldType.Whole;
        }

        if (type is FieldType.Whole && field.Decimals > 0)
        {
            type = FieldType.Number;
        }

        json.WriteString(
            "type",
            type switch
            {
                FieldType.Whole => "integer",
                FieldType.Number => "number",
                FieldType.Flag => "boolean",
                _ => "string",
            }
        );
        if (type is FieldType.Date)
        {
            json.WriteString("format", "date");
        }

        if (type is FieldType.Moment)
        {
            json.WriteString("format", "date-time");
        }

        if (type is FieldType.Text && field.Words.Contains("email", StringComparison.Ordinal))
        {
            json.WriteString("format", "email");
        }

        if (type is FieldType.Whole or FieldType.Number)
        {
            if (field.Min is { } least)
            {
                json.WriteNumber("minimum", (decimal)least);
            }

            if (field.Max is { } most)
            {
                json.WriteNumber("maximum", (decimal)most);
            }
        }
    }

    [GeneratedRegex(
        @"\b(?:draft|write|propose|design|create|generate|produce|derive|infer|return|suggest|define|give me|output|respond with|reply with|answer with)\s+(?:only\s+|just\s+)?(?:a|an|the|one)?\s*(?:(?!object|record|that|following|matching|valid json object)\w+\s+){0,2}JSON[ -]?schema\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Asked();
}
