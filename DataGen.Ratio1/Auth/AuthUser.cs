using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Auth;

/// <summary>A user as others may see it: without the password hash.</summary>
/// <param name="Username">The canonical name.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="Metadata">Whatever the apps keep beside the user; never null.</param>
/// <param name="CreatedAt">When the record was created (UTC, ISO 8601 with milliseconds, as stored).</param>
/// <param name="UpdatedAt">When it was last changed, in the same form.</param>
/// <param name="PasswordStamp">Names the present password without telling anything of it: another after every change;
/// empty when nobody can sign in with the record.</param>
public sealed record AuthUser(
    string Username,
    UserRole Role,
    JsonObject Metadata,
    string CreatedAt,
    string UpdatedAt,
    string PasswordStamp = ""
)
{
    /// <summary>Whether an administrator has disabled the user.</summary>
    public bool IsDisabled =>
        Metadata["disabled"] is JsonValue flag && flag.TryGetValue<bool>(out var disabled) && disabled;
}
