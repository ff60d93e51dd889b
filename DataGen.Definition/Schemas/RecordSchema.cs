using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Json.Schema.Keywords;

namespace DataGen.Definition.Schemas;

/// <summary>
/// The JSON Schema of a record (draft 2020-12), compiled. Servers take a schema and ignore it (llama.cpp#24097, vllm#12201),
/// so every record is checked against it here.
/// </summary>
public sealed class RecordSchema
{
    /// <summary>The most violations that are told of one record.</summary>
    public const int MostViolations = 10;

    // The stock dialect would come back with $schema, so that is taken out first. ThenKeyword is not among the stock
    // handlers that With() keeps.
    private static readonly Dialect Dialect = Dialect.Draft202012.With(
        [new SafePattern(), ThenKeyword.Instance],
        new Uri("https://datagen.invalid/dialect"),
        refIgnoresSiblingKeywords: false,
        allowUnknownKeywords: false
    );

    private static readonly EvaluationOptions Flag = new()
    {
        OutputFormat = OutputFormat.Flag,
        RequireFormatValidation = true,
    };

    private static readonly EvaluationOptions List = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    private readonly JsonSchema schema;

    private RecordSchema(JsonElement document, JsonSchema schema) => (Document, this.schema) = (document, schema);

    /// <summary>The schema as it was given.</summary>
    public JsonElement Document { get; }

    /// <summary>Compiles a schema that has passed <see cref="SchemaGate"/>.</summary>
    /// <exception cref="FormatException">A keyword has a value that it cannot have; the message says which.</exception>
    internal static RecordSchema Compile(JsonElement document)
    {
        var stripped = JsonNode.Parse(document.GetRawText())!.AsObject();
        stripped.Remove("$schema");
        try
        {
            // A registry of its own: the global one keeps what it is given for ever.
            var options = new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect };
            return new RecordSchema(document, JsonSchema.Build(JsonSerializer.SerializeToElement(stripped), options));
        }
        catch (Exception exception)
            when (exception
                    is JsonSchemaException
                        or ArgumentException
                        or FormatException
                        or InvalidOperationException
                        or OverflowException
                        or NotSupportedException
                        or JsonException
            )
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>The schema without some members of the record, and without <c>$schema</c>. Only <c>properties</c> and
    /// <c>required</c> at the top are changed.</summary>
    /// <param name="members">Their names.</param>
    public JsonElement Without(IReadOnlyCollection<string> members)
    {
        var rest = JsonNode.Parse(Document.GetRawText())!.AsObject();
        rest.Remove("$schema");
        foreach (var member in members)
        {
            rest["properties"]!.AsObject().Remove(member);
        }

        if (rest["required"] is JsonArray required)
        {
            rest["required"] = new JsonArray([
                .. required
                    .Select(name => name!.GetValue<string>())
                    .Except(members)
                    .Select(name => JsonValue.Create(name)),
            ]);
        }

        return JsonSerializer.SerializeToElement(rest);
    }

    /// <summary>What the schema does not allow in a record, at most <see cref="MostViolations"/>; empty: it is valid.</summary>
    /// <param name="record">The record.</param>
    public IReadOnlyList<SchemaViolation> Check(JsonElement record)
    {
        try
        {
            return schema.Evaluate(record, Flag).IsValid ? [] : Violations(schema.Evaluate(record, List));
        }
        catch (Exception exception)
            when (exception is FormatException or OverflowException or InvalidOperationException)
        {
            // 1e999 is JSON and no number that can be compared.
            return [new SchemaViolation("", "holds a number or a text that cannot be checked")];
        }
    }

    private static List<SchemaViolation> Violations(EvaluationResults results)
    {
        // A keyword such as properties fails because of what is below it: that is told, not the keyword.
        var found = (results.Details ?? [])
            .Prepend(results)
            .Where(result => !result.IsValid && result.Errors is not null)
            .SelectMany(result =>
                result.Errors!.Select(error => new SchemaViolation(result.InstanceLocation.ToString(), error.Value))
            )
            .Distinct()
            .Take(MostViolations)
            .ToList();
        return found.Count > 0 ? found : [new SchemaViolation("", "is not what the schema allows")];
    }
}
