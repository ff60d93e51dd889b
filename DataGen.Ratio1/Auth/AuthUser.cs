using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Auth;

/// <summary>A user as others may see it: without the password hash.</summary>
/// <param name="Username">The canonical name.</param>
/// <param name="Role">The user's role.</param>
/// <param name="Metadata">Data that apps keep with the user; never null.</param>
/// <param name="CreatedAt">When the record was created (UTC, ISO 8601 with milliseconds, as stored).</param>
/// <param name="UpdatedAt">When it was last changed, in the same form.</param>
/// <param name="PasswordStamp">Identifies the present password without revealing it. It differs after every change, and
/// is empty when the record has no password.</param>
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
