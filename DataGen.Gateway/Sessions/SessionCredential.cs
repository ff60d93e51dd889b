namespace DataGen.Gateway.Sessions;

/// <summary>Finds what a request shows to be let in.</summary>
internal static class SessionCredential
{
    private const string Bearer = "Bearer ";

    /// <summary>The token a script sends; a request that has one is not judged by its cookie.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header
        && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : null;

    /// <summary>The bearer token, else the session cookie, else null.</summary>
    public static string? Of(HttpRequest request) => BearerOf(request) ?? request.Cookies[SessionCookie.Name];
}
