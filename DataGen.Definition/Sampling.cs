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
/// What a definition says of each record beyond the prompt: its drawn values, its schema, in what it has to differ from the
/// others, and what all may cost. The services hand it on as JSON, <c>{"seed": 42, "samplers": {…}, "schema": {…}, "unique":
/// […], "budget": {…}}</c>.
/// </summary>
public sealed partial class Sampling
{
    /// <summary>What the line of a prompt begins with that gives a record its values, as a JSON object.</summary>
    public const string ValuesLine = "Use these values as they are: ";

    /// <summary>What the line begins with that gives a record values which shape it and are no members of it.</summary>
    public const string HintsLine = "Write it to fit these values, which are no members of it: ";

    /// <summary>Bytes of UTF-8 that may be said of what is wrong with a record.</summary>
    public const int MostCorrectionBytes = 2000;

    // Of UTF-8 for one UTF-16 unit.
    private const int MostBytes = 3;

    // The record's number, the begin of lines, and what a server puts around messages.
    private const int Framing = 500;

    // "name":value,
    private const int AroundName = 4;

    private readonly DatasetDefinition definition;
    private readonly SamplingPlan plan;

    private Capacity Capacity => field ??= new(definition);

    private Sampling(DatasetDefinition definition) =>
        (this.definition, plan, Keys) = (definition, new SamplingPlan(definition), new DistinctKeys(definition));

    /// <summary>What records are compared by; without sets when any may be like any other.</summary>
    public DistinctKeys Keys { get; }

    /// <summary>What the dataset may cost.</summary>
    public Budget Budget => definition.Budget;

    /// <summary>The most calls that may be made; null: there is no bound.</summary>
    public long? MostCalls => definition.MostCalls;

    /// <summary>What every record has to be; null: any object.</summary>
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

    /// <summary>The schema of what is left to the model, without the members that are drawn; null: any object.</summary>
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

    /// <summary>The most records that can differ as they have to; null: as many as are asked for and more.</summary>
    public long? MostDistinct => Capacity.MostDistinct;

    /// <summary>The sampling of a definition that was read before without a mistake.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="count">Records wanted.</param>
    /// <param name="sampling">The definition beyond them, as JSON; null or empty: there is nothing.</param>
    public static Sampling? Of(string prompt, int count, string? sampling) =>
        string.IsNullOrEmpty(sampling) ? null : Read(prompt, count, sampling).Sampling;

    /// <summary>Reads what a service handed on.</summary>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="count">Records wanted.</param>
    /// <param name="sampling">Seed, samplers and schema, as JSON.</param>
    /// <returns>The sampling, or what is wrong with it.</returns>
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

    /// <summary>The most tokens that one call may cost: no token is shorter than a byte.</summary>
    /// <param name="system">Bytes of what is told before the description.</param>
    /// <param name="maxTokens">The bound of an answer's tokens.</param>
    public (long Input, long Output) MostTokens(int system, int maxTokens)
    {
        // A correction holds the record as it was, which had at most so many tokens, and what is wrong with it.
        var correction = definition.MayReject ? (2L * maxTokens) + MostCorrectionBytes : 0;
        var description =
            (MostBytes * LongestDescription(definition.Prompt, definition.Samplers))
            + definition.Samplers.Keys.Sum(name => name.Length + AroundName);
        return (system + description + Encoding.UTF8.GetByteCount(Demands) + correction + Framing, maxTokens);
    }

    /// <summary>Characters of the description with the longest values in it.</summary>
    internal static long LongestDescription(string prompt, IReadOnlyDictionary<string, Sampler> samplers) =>
        prompt.Length
        + samplers.Values.Sum(sampler => (long)sampler.Longest)
        + Placeholder()
            .Matches(prompt)
            .Sum(match => samplers.TryGetValue(match.Groups[1].Value, out var sampler) ? (long)sampler.Longest : 0);

    /// <summary>What cannot be kept, whatever a model answers.</summary>
    public IEnumerable<DefinitionError> Unkeepable() => Unkeepable(definition, Capacity);

    /// <summary>What of a definition cannot be kept, whatever a model answers.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="capacity">How many of its records can differ.</param>
    public static IEnumerable<DefinitionError> Unkeepable(DatasetDefinition definition, Capacity capacity) =>
        [.. DrawnValues.Problems(definition), .. capacity.Problems];

    /// <summary>The description with each <c>{{name}}</c> replaced by its value, and the values as a line of their own for
    /// those it does not name and those that are to be members of the record.</summary>
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
    /// Puts the drawn values into a record: what the model left out is added at the end, what it repeats stays, and what it
    /// changed is never rewritten.
    /// </summary>
    /// <param name="record">The record, a JSON object.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The record, the given one when nothing is added; or why it is not taken.</returns>
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

    /// <summary>What is wrong with a whole record, a line each; empty: it may be taken.</summary>
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
            // An exponent that no integer holds, 1e99999999999: no such number is drawn.
            return false;
        }
    }

    /// <summary>JSON on one line in which characters stand as they are: for models, and for what is stored and not shown in a
    /// page as it is.</summary>
    public static JsonSerializerOptions Plain { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}", RegexOptions.CultureInvariant)]
    internal static partial Regex Placeholder();
}
