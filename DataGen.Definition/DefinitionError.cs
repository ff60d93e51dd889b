namespace DataGen.Definition;

/// <summary>A mistake in a definition.</summary>
/// <param name="Path">The place of the mistake, for example <c>samplers.plan.weights</c>; empty: the document
/// itself.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record DefinitionError(string Path, string Message);
