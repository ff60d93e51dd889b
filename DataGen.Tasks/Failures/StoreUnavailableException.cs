namespace DataGen.Tasks.Failures;

/// <summary>The store cannot be reached, refuses, or did not confirm; travels between grains, unlike the clients' own
/// exceptions.</summary>
[GenerateSerializer]
internal sealed class StoreUnavailableException(string message, bool isTransient = true) : Exception(message)
{
    /// <summary>Whether the same call may succeed later.</summary>
    [Id(0)]
    public bool IsTransient { get; init; } = isTransient;
}
