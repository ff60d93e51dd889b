using System.Net;

namespace DataGen.Mock.Hosting;

/// <summary>
/// Refuses what a web page makes a browser send: the mock asks nobody for a password, and a page could write itself a
/// user into its CStore. A page of another site is known by <c>Origin</c> and <c>Sec-Fetch-Site</c>, one that gave its
/// own name this address (DNS rebinding) by the dots in the name.
/// </summary>
internal static class ForeignGuard
{
    public static IApplicationBuilder UseForeignGuard(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (IsForeign(context.Request))
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    await context.Response.WriteAsync("The mock takes no requests from web pages.");
                    return;
                }

                await next(context);
            }
        );

    private static bool IsForeign(HttpRequest request) =>
        IsPublicName(request.Host.Host)
        || (
            request.Headers.Origin is [{ } origin, ..]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var site) && site.Authority == request.Host.Value)
        )
        // A link that somebody follows to look at the switches is no attack.
        || (
            request.Headers["Sec-Fetch-Site"] == "cross-site"
            && !(HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate")
        );

    /// <summary>Whether a site on the internet could have the name: neither an address, nor a name without a dot as
    /// containers have.</summary>
    private static bool IsPublicName(string host) =>
        host.TrimEnd('.').Contains('.', StringComparison.Ordinal)
        && !IPAddress.TryParse(host.Trim('[', ']'), out _)
        && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
