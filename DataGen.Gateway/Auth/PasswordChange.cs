using System.ComponentModel.DataAnnotations;
using DataGen.Gateway.Callers;

namespace DataGen.Gateway.Auth;

/// <summary>A change of one's own password.</summary>
public sealed record PasswordChange(
    [Required(AllowEmptyStrings = true, ErrorMessage = "is required."), MinLength(1, ErrorMessage = "is required.")]
        string? CurrentPassword,
    [Required(AllowEmptyStrings = true, ErrorMessage = "is required."), NewPassword] string? NewPassword
);
