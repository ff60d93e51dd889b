using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Json.Schema.Keywords;

namespace DataGen.Definition.Schemas;

/// <summary>
/// The JSON Schema of a record (draft 2020-12), compiled. Servers accept a schema and ignore it (llama.cpp#24097,
/// vllm#12201), so every record is checked here.
/// </summary>
public sealed class RecordSchema
{
    /// <summary>The most violations that are reported for one record.</summary>
    public const int MostViolations = 10;

    // $schema would select the stock dialect, so it is removed first. ThenKeyword is not among the stock handlers that
    // With() keeps.
    private static readonly Dialect Dialect = Dialect.Draft202012.With(
        [new SafePattern(), new TextLength(isMost: false), new TextLength(isMost: true), ThenKeyword.Instance],
        new Uri("https://datagen.invalid/dialect"),
        refIgnoresSiblingKeywords: false,
        allowUnknownKeywords: false
    );

    private static readonly EvaluationOptions Flag = new()
    {
        OutputFormat = OutputFormat.Flag,
        RequireFormatValidation = true,
    };

    private static readonly EvaluationOptions Tree = new()
    {
        OutputFormat = OutputFormat.Hierarchical,
        RequireFormatValidation = true,
    };

    // The most checks, that is subschemas times values of a record; they take some seconds.
    private const long MostChecks = 4_000_000;
    private const int LongestMessage = 200;

    private static readonly string[] Looks = ["if", "not", "contains"];

    private readonly JsonSchema schema;
    private readonly int nodes;

    private RecordSchema(JsonElement document, JsonSchema schema, int nodes) =>
        (Document, this.schema, this.nodes) = (document, schema, nodes);

    /// <summary>The schema as it was given.</summary>
    public JsonElement Document { get; }

    /// <summary>The schemas of the members, an object.</summary>
    internal JsonElement Properties => Document.GetProperty("properties");

    /// <summary>Whether the schema forbids members that it does not name.</summary>
    internal bool IsClosed =>
        Document.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;

    /// <summary>Compiles a schema that has passed <see cref="Reading.SchemaGate"/>.</summary>
    /// <exception cref="FormatException">A keyword has a value that it cannot have; the message says which.</exception>
    /// <param name="document">The schema.</param>
    /// <param name="nodes">How many subschemas it has when every reference is followed.</param>
    internal static RecordSchema Compile(JsonElement document, int nodes)
    {
        var stripped = JsonNode.Parse(document.GetRawText())!.AsObject();
        stripped.Remove("$schema");
        try
        {
            // Uses its own registry, because the global one keeps every schema for ever.
            var options = new BuildOptions { SchemaRegistry = new SchemaRegistry(), Dialect = Dialect };
            return new RecordSchema(
                document,
                JsonSchema.Build(JsonSerializer.SerializeToElement(stripped), options),
                nodes
            );
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

    /// <summary>What the schema does not allow in a record, at most <see cref="MostViolations"/> violations; empty: the
    /// record is valid.</summary>
    /// <param name="record">The record.</param>
    public IReadOnlyList<SchemaViolation> Check(JsonElement record)
    {
        if (CheckableNumbers.FirstOther(record) is { } number)
        {
            return [number];
        }

        if (Values(record) * nodes > MostChecks)
        {
            return [new SchemaViolation("", "is too large to be checked")];
        }

        try
        {
            return schema.Evaluate(record, Flag).IsValid ? [] : Violations(schema.Evaluate(record, Tree));
        }
        catch (Exception exception)
            when (exception is FormatException or OverflowException or InvalidOperationException or JsonSchemaException)
        {
            return [new SchemaViolation("", "holds a number or a text that cannot be checked")];
        }
    }

    private static List<SchemaViolation> Violations(EvaluationResults results)
    {
        var found = Below(results).Distinct().Take(MostViolations).ToList();
        return found.Count > 0 ? found : [new SchemaViolation("", "is not what the schema allows")];
    }

    // The failures, from the top. A part that is valid as a whole may have parts that are not (the other branches of an
    // anyOf, an if), and these are no mistakes.
    private static IEnumerable<SchemaViolation> Below(EvaluationResults results)
    {
        if (results.IsValid)
        {
            return [];
        }

        // A keyword such as properties fails because of something below it: only that is reported, not the keyword.
        var own = (results.Errors ?? []).Select(error => new SchemaViolation(
            results.InstanceLocation.ToString(),
            Cut(error.Value)
        ));
        var parts = results.Details ?? [];
        var chosen = parts.Where(part => part.IsValid).Select(Choice).OfType<string>().ToHashSet();
        return own.Concat(
            parts
                .Where(part => IsDemand(part) && !(Choice(part) is { } choice && chosen.Contains(choice)))
                .SelectMany(Below)
        );
    }

    // The subschemas of if, not and contains make no demand on the record.
    private static bool IsDemand(EvaluationResults part) =>
        part.EvaluationPath.ToString().Split('/') is var path
        && (path.Length < 2 || path[^2] == "properties" || !Looks.Contains(path[^1]));

    // The anyOf or oneOf that a part is a branch of. Only one of its branches has to be valid.
    private static string? Choice(EvaluationResults part) =>
        part.EvaluationPath.ToString().Split('/') is [.. var above, "anyOf" or "oneOf", _]
        && above is not [.., "properties"]
            ? $"{string.Join('/', part.EvaluationPath.ToString().Split('/')[..^1])} {part.InstanceLocation}"
            : null;

    private static string Cut(string text) => text.Length <= LongestMessage ? text : $"{text[..LongestMessage]}…";

    private static long Values(JsonElement value) =>
        1
        + value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Sum(Values),
            JsonValueKind.Object => value.EnumerateObject().Sum(member => Values(member.Value)),
            _ => 0,
        };
}
