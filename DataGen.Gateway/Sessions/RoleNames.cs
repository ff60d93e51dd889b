using DataGen.Ratio1.Auth;

namespace DataGen.Gateway.Sessions;

/// <summary>The names of roles in tokens and in the API.</summary>
internal static class RoleNames
{
    /// <summary>The name of a role.</summary>
    public static string Of(UserRole role) => role == UserRole.Admin ? "admin" : "user";

    /// <summary>The role of a name, or null when there is no such role.</summary>
    public static UserRole? Parse(string? name) =>
        name switch
        {
            "admin" => UserRole.Admin,
            "user" => UserRole.User,
            _ => null,
        };
}
