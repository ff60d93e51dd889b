namespace DataGen.Gateway.Auth;

/// <summary>An attempt to sign in, as the throttle sees it.</summary>
/// <param name="Network">The network the caller is in.</param>
/// <param name="Username">The canonical name; empty for what can be no name.</param>
/// <param name="Device">Which of the user's browsers it comes from (<see cref="DeviceCookie"/>); null: from none that is
/// known.</param>
internal sealed record SignInAttempt(string Network, string Username, string? Device);
