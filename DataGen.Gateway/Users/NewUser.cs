namespace DataGen.Gateway.Users;

/// <summary>A user to be created.</summary>
/// <param name="Username">3 to 64 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="Password">The first password.</param>
/// <param name="Role"><c>user</c> (when left out) or <c>admin</c>.</param>
internal sealed record NewUser(string? Username, string? Password, string? Role = null);
