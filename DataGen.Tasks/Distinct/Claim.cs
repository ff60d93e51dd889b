namespace DataGen.Tasks.Distinct;

/// <summary>A record's keys, which it is to have for itself (<see cref="Definition.Distinct.DistinctKeys"/>).</summary>
/// <param name="Index">The record's index.</param>
/// <param name="Keys">One for each set of the definition.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Claim([property: Id(0)] int Index, [property: Id(1)] ulong[] Keys);
