namespace DataGen.Tests.Reliability;

/// <summary>Needs the machine for itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeMachine
{
    public const string Name = "the whole machine";
}
