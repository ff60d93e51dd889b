namespace DataGen.Contracts;

/// <summary>What the methods of a service do; one that is not named stores something.</summary>
/// <param name="Reads">The methods that only read what is there.</param>
/// <param name="Long">The methods that wait for a model, or for a large dataset.</param>
/// <param name="Streams">The methods that answer with a stream, and only read.</param>
internal sealed record CallKinds(string[] Reads, string[] Long, string[] Streams);
