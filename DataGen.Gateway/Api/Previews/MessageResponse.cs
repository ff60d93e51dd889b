namespace DataGen.Gateway.Api.Previews;

/// <summary>One message of a call.</summary>
/// <param name="Role">system, user or assistant.</param>
/// <param name="Content">The text of the message.</param>
internal sealed record MessageResponse(string Role, string Content);
