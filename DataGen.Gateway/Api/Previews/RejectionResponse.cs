namespace DataGen.Gateway.Api.Previews;

/// <summary>An answer that the definition does not allow.</summary>
/// <param name="Kind">The kind of rejection: invalid, duplicate, rule or near.</param>
/// <param name="Message">What is wrong with it.</param>
internal sealed record RejectionResponse(string Kind, string Message);
