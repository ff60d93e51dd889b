using DataGen.Ratio1;

namespace DataGen.Tasks.Failures;

/// <summary>The store cannot be reached, refuses, or did not confirm; travels between grains, unlike the clients' own
/// exceptions.</summary>
[GenerateSerializer]
internal sealed class StoreUnavailableException(string message, bool isTransient = true) : Exception(message)
{
    /// <summary>What a client of the store says.</summary>
    public StoreUnavailableException(Ratio1Exception exception)
        : this(exception.Message, exception.IsTransient) { }

    /// <summary>Whether the same call may succeed later.</summary>
    [Id(0)]
    public bool IsTransient { get; init; } = isTransient;
}
