namespace DataGen.Gateway.Users;

/// <summary>Changes to a user; what is left out stays.</summary>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="Password">A new password.</param>
/// <param name="Disabled">Whether the user is kept out.</param>
internal sealed record UserChange(string? Role = null, string? Password = null, bool? Disabled = null);
