namespace DataGen.Tasks.Shards;

/// <summary>One record in flight.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct InFlightRecord(
    [property: Id(0)] int Index,
    [property: Id(1)] int Attempt,
    [property: Id(2)] InFlightState State,
    [property: Id(3)] DateTimeOffset StartedAt
)
{
    /// <summary>The most that a task shows at once.</summary>
    public const int MostShown = 1000;
}
