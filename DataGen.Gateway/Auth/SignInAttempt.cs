namespace DataGen.Gateway.Auth;

/// <summary>An attempt to sign in, as the throttle sees it.</summary>
/// <param name="Network">The network that the caller is in.</param>
/// <param name="Username">The canonical name; empty for a text that cannot be a name.</param>
/// <param name="Device">Which of the user's browsers it comes from (<see cref="DeviceCookie"/>); null: an unknown
/// browser.</param>
internal sealed record SignInAttempt(string Network, string Username, string? Device);
