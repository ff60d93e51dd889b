using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using DataGen.Definition.Samplers;

namespace DataGen.Definition.Planning;

/// <summary>
/// The values that are drawn for every record before any call is made. They are a pure function of the definition and
/// the index: nothing is stored, every process computes the same values, and a record that is made again gets the same
/// values, so that no failure changes the distribution.
/// </summary>
/// <param name="definition">A definition without errors (<see cref="Reading.DefinitionReader"/>).</param>
public sealed class SamplingPlan(DatasetDefinition definition)
{
    /// <summary>The values of one record, by sampler, in the order of the definition.</summary>
    /// <param name="index">Its index, from 0 to the count - 1.</param>
    public JsonObject At(int index)
    {
        var values = new JsonObject();
        foreach (var (name, sampler) in definition.Samplers)
        {
            values[name] = Draw(name, sampler, index);
        }

        return values;
    }

    /// <summary>One value of one record.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="name">The sampler.</param>
    internal JsonNode At(int index, string name) => Draw(name, definition.Samplers[name], index);

    /// <summary>Some values of one record, as one text.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="names">The samplers.</param>
    internal string At(int index, IEnumerable<string> names) =>
        string.Join('\n', names.Select(name => At(index, name).ToJsonString()));

    /// <summary>How often each value of a sampler is drawn, by sampler: the exact table of the dataset. Samplers with
    /// more than <see cref="Sampler.MostCounted"/> different values are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Counts()
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, long>>();
        foreach (var (name, sampler) in definition.Samplers)
        {
            if (CountsOf(sampler) is { Count: <= Sampler.MostCounted } counts)
            {
                all[name] = counts;
            }
        }

        return all;
    }

    private Dictionary<string, long>? CountsOf(Sampler sampler)
    {
        var counts = new Dictionary<string, long>();
        foreach (var records in definition.Blocks)
        {
            if (CountsOf(sampler, records) is not { } some)
            {
                return null;
            }

            foreach (var (value, count) in some)
            {
                counts[value] = counts.GetValueOrDefault(value) + count;
            }
        }

        return counts;
    }

    // Counts the values of one block.
    private IEnumerable<KeyValuePair<string, long>>? CountsOf(Sampler sampler, int records)
    {
        if (sampler is not ConditionalSampler conditional)
        {
            return sampler.Counts(records);
        }

        var strata = StrataOf(conditional);
        var sizes = strata.Sizes(records);
        var counts = new List<KeyValuePair<string, long>>();
        for (var number = 0; number < sizes.Count; number++)
        {
            if (sizes[number] == 0)
            {
                continue;
            }

            if (conditional.Cases[strata.Names[number]].Counts(sizes[number]) is not { } some)
            {
                return null;
            }

            counts.AddRange(some);
        }

        return counts;
    }

    private Strata StrataOf(ConditionalSampler sampler) => ((IStratified)definition.Samplers[sampler.On]).Strata;

    private JsonNode Draw(string name, Sampler sampler, int index)
    {
        var block = BlockOf(index);
        if (sampler is not ConditionalSampler conditional)
        {
            return sampler.Draw(PlaceOf(name, index, block));
        }

        var strata = StrataOf(conditional);
        var (number, rank, count) = strata.Of(PlaceOf(conditional.On, index, block));
        var value = strata.Names[number];
        var inside = new Permutation(count, Key($"{name}\n{value}", block)).At(rank);
        return conditional.Cases[value].Draw(new Place(inside, count, PlaceOf(name, index, block).Chance));
    }

    private Block BlockOf(int index)
    {
        var (number, first) = (0, 0);
        while (index - first >= definition.Blocks[number])
        {
            first += definition.Blocks[number++];
        }

        return new Block(number, first, definition.Blocks[number]);
    }

    private Place PlaceOf(string name, int index, in Block block)
    {
        var key = Key(name, block);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, index);
        return new Place(
            new Permutation(block.Count, key).At(index - block.First),
            block.Count,
            XxHash3.HashToUInt64(bytes, (long)~key)
        );
    }

    // No name of a sampler begins with a digit, so these keys collide with none.
    private ulong Key(string name, in Block block) =>
        XxHash3.HashToUInt64(
            Encoding.UTF8.GetBytes(block.Number == 0 ? name : $"{block.Number} {name}"),
            definition.Seed
        );

    /// <summary>Records that were asked for together.</summary>
    private readonly record struct Block(int Number, int First, int Count);
}
