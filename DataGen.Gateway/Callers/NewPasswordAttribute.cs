using System.ComponentModel.DataAnnotations;

namespace DataGen.Gateway.Callers;

/// <summary>The rule for new passwords. Existing passwords, including those set by other apps, stay valid.</summary>
public sealed class NewPasswordAttribute : MinLengthAttribute
{
    public NewPasswordAttribute()
        : base(8) => ErrorMessage = "has to have at least {1} characters.";
}
