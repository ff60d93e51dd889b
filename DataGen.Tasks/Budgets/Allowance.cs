namespace DataGen.Tasks.Budgets;

/// <summary>What a shard may do.</summary>
/// <param name="Calls">Calls it may begin, in addition to those it was allowed before.</param>
/// <param name="IsOver">Whether there will be no more unless the bound is raised: nobody holds any that could be given
/// back.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Allowance([property: Id(0)] long Calls, [property: Id(1)] bool IsOver);
