namespace DataGen.Tasks.Model;

/// <summary>Indices from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct IndexRange([property: Id(0)] int First, [property: Id(1)] int Last)
{
    /// <summary>How many indices.</summary>
    public int Count => Last - First + 1;
}
