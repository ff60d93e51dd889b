using DataGen.Gateway.Hosting;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.ServiceDefaults.Hosting;

namespace DataGen.Gateway.Security;

/// <summary>Refuses requests that another site makes a browser send with our cookie, and sign-ins from other
/// sites.</summary>
internal static class CrossSiteGuardExtensions
{
    /// <summary>
    /// Refuses unsafe requests that the browser marks as coming from another site. A request with a bearer token is
    /// exempt, because a foreign page cannot set that header. Programs other than browsers send neither <c>Origin</c>
    /// nor <c>Sec-Fetch-Site</c>.
    /// </summary>
    public static IApplicationBuilder UseCrossSiteGuard(this WebApplication app) =>
        app.Use(
            (context, next) =>
                IsSafe(context.Request.Method)
                || SessionCredential.BearerOf(context.Request) is not null
                || !IsForeign(context.Request)
                    ? next(context)
                    : new Failure(StatusCodes.Status403Forbidden, "This request was made by another site.").WriteAsync(
                        context
                    )
        );

    /// <summary>Refuses requests for a host name that is not ours.</summary>
    public static IApplicationBuilder UseHostGuard(this WebApplication app)
    {
        var guard = new HostGuard(
            app.Services.GetRequiredService<ListenSettings>(),
            app.Services.GetRequiredService<DoorSettings>()
        );
        return app.Use((context, next) => guard.InvokeAsync(context, next));
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method)
        || HttpMethods.IsTrace(method);

    private static bool IsForeign(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site"
        || (
            request.Headers.Origin is [{ } origin, ..]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && IsOurs(site, request.Host))
        );

    /// <summary>The scheme is not compared: behind a proxy that ends TLS it differs from the one that the browser
    /// used.</summary>
    private static bool IsOurs(Uri site, HostString host) =>
        string.Equals(site.Authority, host.Value, StringComparison.OrdinalIgnoreCase)
        || (
            site.IsDefaultPort
            && string.Equals(site.Host, host.Host, StringComparison.OrdinalIgnoreCase)
            && host.Port is null or 80 or 443
        );
}
