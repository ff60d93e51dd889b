using System.Text.Json;
using DataGen.Definition.Distinct;
using DataGen.Definition.Rules;
using DataGen.Definition.Samplers;
using DataGen.Definition.Schemas;

namespace DataGen.Definition;

/// <summary>The definition of a dataset: how a record is described, how many are wanted, and which values DataGen draws
/// rather than leaving them to the model.</summary>
/// <param name="Prompt">What one record looks like, in plain words; <c>{{name}}</c> stands for a sampler's
/// value.</param>
/// <param name="Count">Records wanted, at least 1.</param>
/// <param name="Seed">Decides every draw: the same definition with the same seed is the same plan.</param>
/// <param name="Samplers">The drawn values, by name, in the order of the definition.</param>
/// <param name="Schema">The schema of every record; null: any object.</param>
public sealed record DatasetDefinition(
    string Prompt,
    int Count,
    long Seed,
    IReadOnlyDictionary<string, Sampler> Samplers,
    RecordSchema? Schema = null
)
{
    /// <summary>Example records for the model; no record may repeat one of them.</summary>
    public IReadOnlyList<JsonElement> Examples { get; init; } = [];

    /// <summary>Rules between the members of a record.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>Sets of members in which no two records may agree.</summary>
    public IReadOnlyList<DistinctSet> Unique { get; init; } = [];

    /// <summary>The member whose texts may not be nearly alike; null: none.</summary>
    public NearText? Near { get; init; }

    /// <summary>How many records were asked for at a time, where a dataset was extended. Each block has a plan of its
    /// own, so that no earlier record changes. Their sum is the count.</summary>
    public IReadOnlyList<int> Blocks
    {
        get => field ?? [Count];
        init;
    }

    /// <summary>The bounds of the dataset's cost.</summary>
    public Budget Budget { get; init; } = new(null, null, null, null);

    /// <summary>Whether a whole record may be rejected and made again, so that the number of calls is not known in
    /// advance.</summary>
    public bool MayReject =>
        Schema is not null
        || Unique.Count + Rules.Count + Examples.Count > 0
        || Near is not null
        || Samplers.Values.Any(sampler => sampler.InRecord);

    /// <summary>Whether calls have to be allowed before they are made.</summary>
    public bool IsBounded => (MostCalls ?? Budget.Tokens ?? Budget.Cost) is not null;

    /// <summary>The most calls that may be made; null: no bound.</summary>
    public long? MostCalls => Budget.Calls ?? (MayReject ? Budget.DefaultFor(Count) : null);
}
