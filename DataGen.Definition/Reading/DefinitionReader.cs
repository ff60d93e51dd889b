using System.Text.Json;
using System.Text.RegularExpressions;
using DataGen.Definition.Samplers;

namespace DataGen.Definition.Reading;

/// <summary>Reads a definition and finds all its mistakes, each by its path.</summary>
public static partial class DefinitionReader
{
    /// <summary>The most records of a definition.</summary>
    public const int MostRecords = 1_000_000;

    /// <summary>The most calls that a budget may name.</summary>
    public const long MostCalls = 1_000_000_000;

    /// <summary>The most tokens that a budget may name.</summary>
    public const long MostTokens = 1_000_000_000_000;

    /// <summary>The most money that a budget may name.</summary>
    public const decimal HighestCost = 1_000_000_000;

    /// <summary>The longest prompt, in characters.</summary>
    public const int LongestPrompt = 8000;

    /// <summary>The longest description, that is the prompt with a record's values in it, in characters.</summary>
    public const int LongestDescription = 64_000;

    /// <summary>The most samplers of a definition.</summary>
    public const int MostSamplers = 100;

    /// <summary>The most blocks of a definition.</summary>
    public const int MostBlocks = 1000;

    private static readonly string[] Members =
    [
        "prompt",
        "count",
        "blocks",
        "seed",
        "samplers",
        "schema",
        "examples",
        "unique",
        "near",
        "rules",
        "budget",
    ];

    /// <summary>Reads a definition.</summary>
    /// <param name="document">The JSON document.</param>
    /// <returns>The definition, or its mistakes: one of the two.</returns>
    public static (DatasetDefinition? Definition, IReadOnlyList<DefinitionError> Errors) Read(JsonElement document)
    {
        if (HalfPair(document) is { } error)
        {
            return (null, [error]);
        }

        var node = new DefinitionNode(document, "", []);
        if (!node.IsObject())
        {
            return (null, node.Errors);
        }

        node.AllowOnly(Members);
        var prompt = node.Text("prompt", LongestPrompt);
        var count = (int?)node.Whole("count", 1, MostRecords);
        var blocks = ReadBlocks(node, count);
        var seed = node.Has("seed") ? node.Whole("seed", long.MinValue, long.MaxValue) : 0;
        var samplers = ReadSamplers(node);
        CheckPrompt(node, prompt, samplers);
        var schema = node.Member("schema") is { } given ? SchemaGate.Read(given) : null;
        var examples = ExampleReader.Read(node, schema);
        var unique = UniqueReader.Read(node, IsMember);
        var near = UniqueReader.ReadNear(node, count, name => IsMember(name) && !samplers.ContainsKey(name));
        var rules = RuleReader.Read(node, IsMember);
        var budget = ReadBudget(node);
        return node.Errors.Count > 0
            ? (null, node.Errors)
            : (
                new DatasetDefinition(prompt!, count!.Value, seed!.Value, samplers, schema)
                {
                    Blocks = blocks,
                    Examples = examples,
                    Unique = unique,
                    Near = near,
                    Rules = rules,
                    Budget = budget,
                },
                []
            );

        bool IsMember(string name) =>
            samplers.TryGetValue(name, out var sampler)
                ? sampler.InRecord
                : schema is null || schema.Properties.TryGetProperty(name, out _);
    }

    /// <summary>Where a text or a name is not valid Unicode (<c>"\ud800"</c>): JSON can write it, but no reader accepts
    /// it. Null: nowhere.</summary>
    internal static DefinitionError? HalfPair(JsonElement value, string path = "")
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String when value.GetString() is null => null,
                JsonValueKind.Array => value
                    .EnumerateArray()
                    .Select((item, at) => HalfPair(item, $"{path}[{at}]"))
                    .FirstOrDefault(error => error is not null),
                JsonValueKind.Object => value
                    .EnumerateObject()
                    .Select(member => HalfPair(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}"))
                    .FirstOrDefault(error => error is not null),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return new DefinitionError(path, "holds half a surrogate pair.");
        }
    }

    private static Dictionary<string, Sampler> ReadSamplers(DefinitionNode node)
    {
        var samplers = new Dictionary<string, Sampler>(StringComparer.Ordinal);
        if (!node.Has("samplers") || node.Member("samplers") is not { } all || !all.IsObject())
        {
            return samplers;
        }

        var conditionals = new List<(DefinitionNode Node, ConditionalSampler Sampler)>();
        foreach (var member in all.Members())
        {
            if (samplers.Count == MostSamplers)
            {
                all.Fail($"has more than {MostSamplers} samplers.");
                break;
            }

            if (!Name().IsMatch(member.Name))
            {
                member.Fail("is no name: a letter or _, then letters, digits or _, at most 64.");
            }
            else if (SamplerReader.Read(member, mayDepend: true) is { } sampler)
            {
                samplers.Add(member.Name, sampler);
                if (sampler is ConditionalSampler conditional)
                {
                    conditionals.Add((member, conditional));
                }
            }
        }

        foreach (var (member, conditional) in conditionals)
        {
            CheckCases(member, conditional, samplers);
        }

        return samplers;
    }

    private static List<int> ReadBlocks(DefinitionNode node, int? count)
    {
        if (!node.Has("blocks") || node.Member("blocks") is not { } given)
        {
            return [count ?? 0];
        }

        var blocks = new List<int>();
        if (given.Element.ValueKind == JsonValueKind.Array && given.Element.GetArrayLength() is >= 1 and <= MostBlocks)
        {
            foreach (var item in given.Element.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var records) && records >= 1)
                {
                    blocks.Add(records);
                }
            }
        }

        if (blocks.Count == 0 || blocks.Count != given.Element.GetArrayLength())
        {
            given.Fail($"has to be a list of 1 to {MostBlocks} whole numbers, each at least 1.");
        }
        else if (count is { } records && blocks.Sum(block => (long)block) != records)
        {
            given.Fail($"comes to {blocks.Sum(block => (long)block)} records, not to the count of {records}.");
        }

        return blocks;
    }

    private static Budget ReadBudget(DefinitionNode node)
    {
        if (!node.Has("budget") || node.Member("budget") is not { } given || !given.IsObject())
        {
            return new Budget(null, null, null, null);
        }

        given.AllowOnly("calls", "tokens", "cost", "until");
        return new Budget(
            given.Has("calls") ? given.Whole("calls", 1, MostCalls) : null,
            given.Has("tokens") ? given.Whole("tokens", 1, MostTokens) : null,
            given.Member("cost") is { } cost ? ReadCost(cost) : null,
            given.Has("until") ? SamplerReader.Moment(given, "until") : null
        );
    }

    private static decimal? ReadCost(DefinitionNode node) =>
        node.Element.ValueKind == JsonValueKind.Number
        && node.Element.TryGetDecimal(out var cost)
        && cost is > 0 and <= HighestCost
            ? cost
            : node.Fail<decimal>($"has to be a number above 0, at most {HighestCost}.");

    private static void CheckCases(
        DefinitionNode node,
        ConditionalSampler conditional,
        Dictionary<string, Sampler> samplers
    )
    {
        if (samplers.GetValueOrDefault(conditional.On) is not IStratified { Strata: var strata })
        {
            node.Member("on")!.Fail($"has to name a sampler of type category or values; '{conditional.On}' is none.");
            return;
        }

        var cases = node.Member("cases")!;
        foreach (var value in strata.Names.Except(conditional.Cases.Keys))
        {
            cases.Fail($"has no case for '{value}'.");
        }

        foreach (var value in conditional.Cases.Keys.Except(strata.Names))
        {
            cases.Member(value)!.Fail($"is no value of {conditional.On}.");
        }
    }

    private static void CheckPrompt(DefinitionNode node, string? prompt, Dictionary<string, Sampler> samplers)
    {
        if (prompt is null)
        {
            return;
        }

        var named = Sampling.Placeholder().Matches(prompt).Select(match => match.Groups[1].Value).ToList();
        foreach (var name in named.Distinct().Where(name => !samplers.ContainsKey(name)))
        {
            node.Member("prompt")!.Fail($"names {{{{{name}}}}}, which no sampler draws.");
        }

        var told = Sampling.LongestDescription(prompt, samplers);
        if (told > LongestDescription)
        {
            node.Member("prompt")!
                .Fail(
                    $"grows to as many as {told} characters with the longest values in it; {LongestDescription} are the most."
                );
        }
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
