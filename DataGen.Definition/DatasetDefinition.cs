using DataGen.Definition.Samplers;
using DataGen.Definition.Schemas;

namespace DataGen.Definition;

/// <summary>What a dataset is to be: how a record is described, how many are wanted, and which of their values are drawn
/// by DataGen rather than left to the model.</summary>
/// <param name="Prompt">What one record looks like, in plain words; <c>{{name}}</c> stands for a sampler's value.</param>
/// <param name="Count">Records wanted, at least 1.</param>
/// <param name="Seed">Decides every draw: the same definition with the same seed is the same plan.</param>
/// <param name="Samplers">What is drawn, by name, in the order of the definition.</param>
/// <param name="Schema">What every record has to be; null: any object.</param>
public sealed record DatasetDefinition(
    string Prompt,
    int Count,
    long Seed,
    IReadOnlyDictionary<string, Sampler> Samplers,
    RecordSchema? Schema = null
);
