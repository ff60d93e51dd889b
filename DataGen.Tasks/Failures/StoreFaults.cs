using DataGen.Ratio1.CStore;

namespace DataGen.Tasks.Failures;

/// <summary>Tells faults that pass from faults of our own.</summary>
internal static class StoreFaults
{
    /// <summary>What a store, or a grain, that is away throws: the same may succeed later.</summary>
    public static bool MayPass(Exception exception) =>
        exception is CStoreException or StoreUnavailableException or OrleansException or TimeoutException;
}
