namespace DataGen.Gateway.Api.Definitions;

/// <summary>Something in a definition that cannot be taken.</summary>
/// <param name="Path">Where, for example <c>samplers.plan.weights</c>; empty: the document itself.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record DefinitionErrorResponse(string Path, string Message);
