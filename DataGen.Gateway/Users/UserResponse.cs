namespace DataGen.Gateway.Users;

/// <summary>A user as administrators see it.</summary>
/// <param name="Username">The canonical name.</param>
/// <param name="Role"><c>admin</c> or <c>user</c>.</param>
/// <param name="Disabled">Whether the user cannot sign in.</param>
/// <param name="CreatedAt">When the record was created, as it is stored.</param>
/// <param name="UpdatedAt">When the record was last changed, as it is stored.</param>
internal sealed record UserResponse(string Username, string Role, bool Disabled, string CreatedAt, string UpdatedAt);
