namespace DataGen.Contracts;

/// <summary>The kinds of a service's methods. A method that is not listed stores something.</summary>
/// <param name="Reads">The methods that only read stored data.</param>
/// <param name="Long">The methods that wait for a model, or for a large dataset.</param>
/// <param name="Streams">The methods that answer with a stream, and only read.</param>
internal sealed record CallKinds(string[] Reads, string[] Long, string[] Streams);
