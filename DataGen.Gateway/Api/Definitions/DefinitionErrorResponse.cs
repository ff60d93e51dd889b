namespace DataGen.Gateway.Api.Definitions;

/// <summary>A mistake in a definition.</summary>
/// <param name="Path">The place of the mistake, for example <c>samplers.plan.weights</c>; empty: the document
/// itself.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record DefinitionErrorResponse(string Path, string Message);
