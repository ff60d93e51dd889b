using System.ComponentModel.DataAnnotations;
using DataGen.Gateway.Callers;

namespace DataGen.Gateway.Users;

/// <summary>Changes to a user; members that are left out stay as they were.</summary>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="Password">A new password.</param>
/// <param name="Disabled">Whether the user cannot sign in.</param>
public sealed record UserChange(
    [AllowedValues(null, "user", "admin", ErrorMessage = "has to be user or admin.")] string? Role = null,
    [NewPassword] string? Password = null,
    bool? Disabled = null
);
