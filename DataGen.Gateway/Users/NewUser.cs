using System.ComponentModel.DataAnnotations;
using DataGen.Gateway.Callers;

namespace DataGen.Gateway.Users;

/// <summary>A user to be created.</summary>
/// <param name="Username">3 to 64 of a-z, 0-9, '.', '_' and '-'.</param>
/// <param name="Password">The first password.</param>
/// <param name="Role"><c>user</c> (when left out) or <c>admin</c>.</param>
public sealed record NewUser(
    [Required(ErrorMessage = "is required.")] string? Username,
    [Required(AllowEmptyStrings = true, ErrorMessage = "is required."), NewPassword] string? Password,
    [AllowedValues(null, "user", "admin", ErrorMessage = "has to be user or admin.")] string? Role = null
);
