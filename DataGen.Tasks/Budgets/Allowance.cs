namespace DataGen.Tasks.Budgets;

/// <summary>The calls that a shard may make.</summary>
/// <param name="Calls">Calls that the shard may begin, in addition to those it was allowed before.</param>
/// <param name="IsOver">Whether no more calls are allowed unless the bound is raised: no shard holds any that it could
/// give back.</param>
[GenerateSerializer, Immutable]
internal readonly record struct Allowance([property: Id(0)] long Calls, [property: Id(1)] bool IsOver);
