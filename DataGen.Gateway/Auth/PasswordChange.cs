namespace DataGen.Gateway.Auth;

/// <summary>A change of one's own password.</summary>
internal sealed record PasswordChange(string? CurrentPassword, string? NewPassword);
