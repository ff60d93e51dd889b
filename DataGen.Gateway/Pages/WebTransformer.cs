using DataGen.Gateway.Callers;
using DataGen.Gateway.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace DataGen.Gateway.Pages;

/// <summary>Replaces the session by an identity token: Web learns who the caller is, and never gets the session
/// itself.</summary>
internal sealed class WebTransformer : HttpTransformer
{
    private static readonly string[] ForwardedNames =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
    ];

    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var (request, headers) = (httpContext.Request, proxyRequest.Headers);
        headers.Authorization = null;
        if (httpContext.User.Identity?.IsAuthenticated == true)
        {
            headers.TryAddWithoutValidation("Authorization", CallerIdentity.Authorization(httpContext));
        }

        headers.Remove("Cookie");
        if (string.Join("; ", request.Headers.Cookie.SelectMany(Others)) is { Length: > 0 } cookies)
        {
            headers.TryAddWithoutValidation("Cookie", cookies);
        }

        foreach (var name in ForwardedNames)
        {
            headers.Remove(name);
        }

        headers.Remove("Host");
        headers.TryAddWithoutValidation("Host", request.Host.Value);
        headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
    }

    /// <summary>The cookies of a header except the session's, each exactly as the browser sent it.</summary>
    private static IEnumerable<string> Others(string? header) =>
        header
            ?.Split(';', StringSplitOptions.TrimEntries)
            .Where(cookie => !cookie.StartsWith(SessionCookie.Name + "=", StringComparison.Ordinal))
        ?? [];
}
