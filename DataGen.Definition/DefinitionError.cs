namespace DataGen.Definition;

/// <summary>Something in a definition that cannot be taken.</summary>
/// <param name="Path">Where, for example <c>samplers.plan.weights</c>; empty: the document itself.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record DefinitionError(string Path, string Message);
