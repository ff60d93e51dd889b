using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.Callers;

/// <summary>What a new password must be. Passwords that exist already, also those set by other apps, stay
/// valid.</summary>
public sealed class NewPasswordAttribute : MinLengthAttribute
{
    public NewPasswordAttribute()
        : base(8) => ErrorMessage = "has to have at least {1} characters.";
}
