namespace DataGen.Tests.Reliability;

/// <summary>Runs while no other test does: it uses both cores to the full.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExclusiveCollectionDefinition
{
    public const string Name = "exclusive";
}
