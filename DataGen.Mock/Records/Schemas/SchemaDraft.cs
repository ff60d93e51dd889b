using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Writes the JSON Schema of a record that was described in words.</summary>
internal sealed partial class SchemaDraft(FieldSources sources)
{
    /// <summary>Whether the prompt wants a schema written, and not one followed.</summary>
    public static bool IsAskedFor(IEnumerable<string> messages) =>
        messages.Any(message =>
            message.Contains("schema", StringComparison.OrdinalIgnoreCase) && Asked().IsMatch(message)
        );

    public JsonElement Write(IReadOnlyList<FieldSpec> fields)
    {
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema" };
        AddMembers(schema, fields);
        return JsonElement.Parse(schema.ToJsonString());
    }

    /// <summary>The proposal for a dataset: <c>{schema, samplers}</c>, with a sampler for each choice of
    /// texts.</summary>
    public JsonElement WriteProposal(IReadOnlyList<FieldSpec> fields)
    {
        var schema = new JsonObject();
        AddMembers(schema, fields);
        var samplers = new JsonObject();
        foreach (var field in fields.Where(field => !field.IsList && IsChoice(schema["properties"]![field.Key])))
        {
            var weights = new JsonObject();
            foreach (var (at, choice) in field.Choices.Index())
            {
                weights.TryAdd(
                    choice,
                    field.Weights.Count == field.Choices.Count ? Math.Round(field.Weights[at] * 100, 4) : 1
                );
            }

            samplers[field.Key] = new JsonObject { ["type"] = "category", ["weights"] = weights };
        }

        var proposal = new JsonObject { ["schema"] = schema, ["samplers"] = samplers };
        return JsonElement.Parse(proposal.ToJsonString());
    }

    private static bool IsChoice(JsonNode? member) =>
        (string?)member?["type"] is "string" && member["enum"] is not null;

    private void AddMembers(JsonObject schema, IReadOnlyList<FieldSpec> fields)
    {
        schema["type"] = "object";
        schema["properties"] = new JsonObject(
            fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Of(field)))
        );
        schema["required"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field.Key))]);
        schema["additionalProperties"] = false;
    }

    private JsonObject Of(FieldSpec field)
    {
        var source = field.Children.Count > 0 ? null : sources.Find(field);
        var one = One(field, source);
        if (!field.IsList && (field.Choices.Count > 0 || source is not { IsList: true }))
        {
            return one;
        }

        var list = new JsonObject { ["type"] = "array" };
        Add(list, "minItems", field.MinItems);
        Add(list, "maxItems", field.MaxItems);
        list["items"] = one;
        return list;
    }

    private JsonObject One(FieldSpec field, FieldSource? source)
    {
        var schema = new JsonObject();
        if (source is null)
        {
            AddMembers(schema, field.Children);
            return schema;
        }

        if (field.Choices.Count > 0)
        {
            var areWhole = field.Choices.All(choice =>
                long.TryParse(choice, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            );
            schema["type"] = areWhole ? "integer" : "string";
            schema["enum"] = new JsonArray([
                .. field.Choices.Select(choice =>
                    areWhole
                        ? JsonValue.Create(long.Parse(choice, CultureInfo.InvariantCulture))
                        : JsonValue.Create(choice)
                ),
            ]);
            return schema;
        }

        var type = Type(field, source);
        schema["type"] = type switch
        {
            FieldType.Whole => "integer",
            FieldType.Number => "number",
            FieldType.Flag => "boolean",
            _ => "string",
        };
        var format = type switch
        {
            FieldType.Date => "date",
            FieldType.Moment => "date-time",
            FieldType.Text when field.Words.Contains("email", StringComparison.Ordinal) => "email",
            _ => null,
        };
        if (format is not null)
        {
            schema["format"] = format;
        }

        if (type is FieldType.Whole or FieldType.Number)
        {
            Add(schema, "minimum", field.Min);
            Add(schema, "maximum", field.Max);
        }

        return schema;
    }

    private static FieldType Type(FieldSpec field, FieldSource source)
    {
        if (field.Share is not null)
        {
            return FieldType.Flag;
        }

        var isNumber = field.Min is not null || field.Max is not null;
        return field.Type switch
        {
            { } said and not FieldType.Text => said,
            _ when source.Type is FieldType.Text && isNumber => field.Decimals > 0 ? FieldType.Number : FieldType.Whole,
            FieldType.Text when source.Type is FieldType.Flag or FieldType.Whole or FieldType.Number => FieldType.Text,
            _ => source.Type,
        };
    }

    private static void Add(JsonObject schema, string name, double? value)
    {
        if (value is { } number)
        {
            schema[name] = (decimal)number;
        }
    }

    [GeneratedRegex(
        @"\b(?:draft|write|propose|design|create|generate|produce|derive|infer|return|suggest|define|give me|output|respond with|reply with|answer with)\s+(?:only\s+|just\s+)?(?:a|an|the|one)?\s*(?:(?!object|record|that|following|matching|valid json object)\w+\s+){0,2}JSON[ -]?schema\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Asked();
}
