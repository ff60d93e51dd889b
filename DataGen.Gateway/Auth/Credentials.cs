using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.Auth;

/// <summary>The name and password of a sign-in.</summary>
/// <param name="Username">The user's name, in any case.</param>
/// <param name="Password">The password, used as it is.</param>
public sealed record Credentials(
    [Required(ErrorMessage = "is required.")] string? Username,
    [Required(ErrorMessage = "is required.")] string? Password
);
