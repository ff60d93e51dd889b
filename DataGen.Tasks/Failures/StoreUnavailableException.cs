namespace DataGen.Tasks.Failures;

/// <summary>The store cannot be reached, refuses, or did not confirm; travels between grains, unlike the client's own
/// exception.</summary>
[GenerateSerializer]
internal sealed class StoreUnavailableException(string message) : Exception(message);
