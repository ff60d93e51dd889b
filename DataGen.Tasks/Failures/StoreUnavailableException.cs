using DataGen.Ratio1;

namespace DataGen.Tasks.Failures;

/// <summary>The store cannot be reached, refuses, or did not confirm a write. Unlike the clients' own exceptions it can
/// be sent between grains.</summary>
[GenerateSerializer]
internal sealed class StoreUnavailableException(string message, bool isTransient = true) : Exception(message)
{
    /// <summary>Wraps the exception of a client of the store.</summary>
    public StoreUnavailableException(Ratio1Exception exception)
        : this(exception.Message, exception.IsTransient) { }

    /// <summary>Whether the same call may succeed later.</summary>
    [Id(0)]
    public bool IsTransient { get; init; } = isTransient;
}
