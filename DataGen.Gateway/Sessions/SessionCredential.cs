namespace DataGen.Gateway.Sessions;

/// <summary>Finds the token in a request.</summary>
internal static class SessionCredential
{
    private const string Bearer = "Bearer ";

    /// <summary>The bearer token, which scripts send; null when there is none.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    /// <summary>The bearer token, else the session cookie, else null.</summary>
    public static string? Of(HttpRequest request) => BearerOf(request) ?? request.Cookies[SessionCookie.Name];
}
