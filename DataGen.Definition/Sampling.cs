using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataGen.Definition.Distinct;
using DataGen.Definition.Planning;
using DataGen.Definition.Reading;
using DataGen.Definition.Samplers;
using DataGen.Definition.Schemas;

namespace DataGen.Definition;

/// <summary>
/// The part of a definition beyond prompt and count: drawn values, schema, what has to differ between records, and the
/// bounds of the cost. The services pass it on as JSON, <c>{"seed": 42, "samplers": {…}, "schema": {…}, "unique": […],
/// "budget": {…}}</c>.
/// </summary>
public sealed partial class Sampling
{
    /// <summary>The beginning of the prompt's line that gives a record its values, as a JSON object.</summary>
    public const string ValuesLine = "Use these values as they are: ";

    /// <summary>The beginning of the line for values that shape a record and are not members of it.</summary>
    public const string HintsLine = "Write it to fit these values, which are no members of it: ";

    /// <summary>The most bytes of UTF-8 that describe what is wrong with a record.</summary>
    public const int MostCorrectionBytes = 2000;

    // The most bytes of UTF-8 for one UTF-16 unit.
    private const int MostBytes = 3;

    // Room for the record's number, the beginnings of lines, and what a server puts around messages.
    private const int Framing = 500;

    // The characters around a name and a value: "name":value,
    private const int AroundName = 4;

    private readonly DatasetDefinition definition;
    private readonly SamplingPlan plan;

    private Capacity Capacity => field ??= new(definition);

    private Sampling(DatasetDefinition definition) =>
        (this.definition, plan, Keys) = (definition, new SamplingPlan(definition), new DistinctKeys(definition));

    /// <summary>The keys by which records are compared; without sets when any two may be alike.</summary>
    public DistinctKeys Keys { get; }

    /// <summary>The bounds of the dataset's cost.</summary>
    public Budget Budget => definition.Budget;

    /// <summary>The most calls that may be made; null: no bound.</summary>
    public long? MostCalls => definition.MostCalls;

    /// <summary>The schema of every record; null: any object.</summary>
    public RecordSchema? Schema => definition.Schema;

    /// <summary>What the model is told besides the description, the same for every record; empty: nothing.</summary>
    public string Demands =>
        field ??= string.Concat(
            Schema is null
                ? ""
                : $"\n\nThe record has to be valid under this JSON Schema: {JsonSerializer.Serialize(Schema.Document, Plain)}",
            definition.Rules.Count == 0
                ? ""
                : $"\n\nIn every record has to hold: {string.Join("; ", definition.Rules)}.",
            definition.Examples.Count == 0
                ? ""
                : $"\n\nExamples of such records, none of which may be repeated:\n{string.Join('\n', definition.Examples.Select(example => JsonSerializer.Serialize(example, Plain)))}"
        );

    /// <summary>The schema of the members that the model writes, without the drawn ones; null: any object.</summary>
    public JsonElement? SchemaOfTheRest =>
        Schema?.Without([
            .. definition.Samplers.Where(sampler => sampler.Value.InRecord).Select(sampler => sampler.Key),
        ]);

    /// <summary>Whether any value is drawn.</summary>
    public bool Draws => definition.Samplers.Count > 0;

    /// <summary>The values of one record, by sampler.</summary>
    /// <param name="index">Its index, from 0 to the count - 1.</param>
    public JsonObject At(int index) => plan.At(index);

    /// <summary>How often each value of each sampler is drawn (<see cref="SamplingPlan.Counts"/>).</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counts() => plan.Counts();

    /// <summary>The most records that can differ as they have to; null: at least as many as are asked for.</summary>
    public long? MostDistinct => Capacity.MostDistinct;

    /// <summary>The sampling of a definition that was read before without an error.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="count">Records wanted.</param>
    /// <param name="sampling">The definition beyond prompt and count, as JSON; null or empty: there is none.</param>
    public static Sampling? Of(string prompt, int count, string? sampling) =>
        string.IsNullOrEmpty(sampling) ? null : Read(prompt, count, sampling).Sampling;

    /// <summary>Reads a sampling that another service passed on.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="count">Records wanted.</param>
    /// <param name="sampling">Seed, samplers and schema, as JSON.</param>
    /// <returns>The sampling, or its mistakes.</returns>
    public static (Sampling? Sampling, IReadOnlyList<DefinitionError> Errors) Read(
        string prompt,
        int count,
        string sampling
    )
    {
        JsonObject document;
        try
        {
            using var parsed = JsonDocument.Parse(sampling, new() { AllowDuplicateProperties = false });
            if (DefinitionReader.HalfPair(parsed.RootElement) is { } error)
            {
                return (null, [error]);
            }

            document = JsonObject.Create(parsed.RootElement.Clone()) ?? throw new JsonException("It is no object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, [new DefinitionError("samplers", "is no JSON, or names a member twice.")]);
        }

        (document["prompt"], document["count"]) = (prompt, count);
        var (definition, errors) = DefinitionReader.Read(JsonSerializer.SerializeToElement(document));
        return (definition is null ? null : new Sampling(definition), errors);
    }

    /// <summary>Whether calls have to be allowed before they are made.</summary>
    public bool IsBounded => definition.IsBounded;

    /// <summary>The most tokens that one call may cost. Every token is at least one byte long.</summary>
    /// <param name="system">Bytes of the system prompt.</param>
    /// <param name="maxTokens">The bound of an answer's tokens.</param>
    public (long Input, long Output) MostTokens(int system, int maxTokens)
    {
        // A correction holds the rejected record, which had at most this many tokens, and what is wrong with it.
        var correction = definition.MayReject ? (2L * maxTokens) + MostCorrectionBytes : 0;
        var description =
            (MostBytes * LongestDescription(definition.Prompt, definition.Samplers))
            + definition.Samplers.Keys.Sum(name => name.Length + AroundName);
        return (system + description + Encoding.UTF8.GetByteCount(Demands) + correction + Framing, maxTokens);
    }

    /// <summary>The length of the description with its longest values, in characters.</summary>
    internal static long LongestDescription(string prompt, IReadOnlyDictionary<string, Sampler> samplers) =>
        prompt.Length
        + samplers.Values.Sum(sampler => (long)sampler.Longest)
        + Placeholder()
            .Matches(prompt)
            .Sum(match => samplers.TryGetValue(match.Groups[1].Value, out var sampler) ? (long)sampler.Longest : 0);

    /// <summary>Demands that no answer of a model can satisfy.</summary>
    public IEnumerable<DefinitionError> Unkeepable() => Unkeepable(definition, Capacity);

    /// <summary>The demands of a definition that no answer of a model can satisfy.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="capacity">How many of its records can differ.</param>
    public static IEnumerable<DefinitionError> Unkeepable(DatasetDefinition definition, Capacity capacity) =>
        [.. DrawnValues.Problems(definition), .. capacity.Problems];

    /// <summary>The description with each <c>{{name}}</c> replaced by its value. A line of its own lists the values
    /// that are members of the record, and those that the description does not name.</summary>
    /// <param name="description">The prompt.</param>
    /// <param name="values">The record's values.</param>
    public string Describe(string description, JsonObject values)
    {
        var named = new HashSet<string>();
        var text = Placeholder()
            .Replace(
                description,
                match =>
                {
                    var name = match.Groups[1].Value;
                    named.Add(name);
                    return values[name] is JsonObject several
                        ? several.ToJsonString(Plain)
                        : values[name]?.ToString() ?? match.Value;
                }
            );
        return $"{text}{Line(ValuesLine, sampler => sampler.Value.InRecord)}{Line(HintsLine, sampler => !sampler.Value.InRecord && !named.Contains(sampler.Key))}";

        string Line(string begin, Func<KeyValuePair<string, Sampler>, bool> isIn)
        {
            var told = new JsonObject(
                definition
                    .Samplers.Where(isIn)
                    .Select(sampler => KeyValuePair.Create(sampler.Key, values[sampler.Key]?.DeepClone()))
            );
            return told.Count == 0 ? "" : $"\n\n{begin}{told.ToJsonString(Plain)}";
        }
    }

    /// <summary>
    /// Puts the drawn values into a record: a member that the model left out is added at the end, one that it repeated
    /// stays, and one that it changed is never rewritten.
    /// </summary>
    /// <param name="record">The record, a JSON object.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The record (the given one when nothing is added), or why it is rejected.</returns>
    public (JsonObject Record, bool IsChanged, string? Problem) Complete(JsonObject record, JsonObject values)
    {
        var isChanged = false;
        foreach (var (name, _) in definition.Samplers.Where(sampler => sampler.Value.InRecord))
        {
            if (!record.TryGetPropertyValue(name, out var given))
            {
                record[name] = values[name]?.DeepClone();
                isChanged = true;
            }
            else if (!AreEqual(given, values[name]))
            {
                return (
                    record,
                    false,
                    $"/{name} is another value than the one that was drawn for it, {values[name]?.ToJsonString(Plain)}."
                );
            }
        }

        return (record, isChanged, null);
    }

    /// <summary>What is wrong with a whole record, one line each; empty: nothing.</summary>
    /// <param name="record">The record with its drawn values.</param>
    public (Flaw Kind, IReadOnlyList<string> Problems) Check(ReadOnlyMemory<byte> record)
    {
        if (Schema is null && definition.Rules.Count + definition.Examples.Count == 0)
        {
            return (Flaw.None, []);
        }

        using var document = JsonDocument.Parse(record);
        var root = document.RootElement;
        if (Schema?.Check(root) is { Count: > 0 } violations)
        {
            return (
                Flaw.Invalid,
                [
                    .. violations.Select(violation =>
                        $"{(violation.Place.Length == 0 ? "The record" : violation.Place)}: {violation.Message}."
                    ),
                ]
            );
        }

        var broken = definition.Rules.Select(rule => rule.Problem(root)).OfType<string>().ToList();
        return broken.Count > 0 ? (Flaw.Rule, [.. broken.Select(problem => $"{problem}.")])
            : Keys.ExampleProblem(root) is { } copied ? (Flaw.Duplicate, [copied])
            : (Flaw.None, []);
    }

    private static bool AreEqual(JsonNode? given, JsonNode? drawn)
    {
        try
        {
            return JsonNode.DeepEquals(given, drawn);
        }
        catch (Exception exception) when (exception is OverflowException or FormatException or ArgumentException)
        {
            // An exponent beyond the integers, such as 1e99999999999: no such number is drawn.
            return false;
        }
    }

    /// <summary>JSON on one line with unescaped characters, for models and for stored text that is not put into a page
    /// as it is.</summary>
    public static JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}", RegexOptions.CultureInvariant)]
    internal static partial Regex Placeholder();
}
