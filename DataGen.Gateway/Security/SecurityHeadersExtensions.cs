namespace DataGen.Gateway.Security;

/// <summary>Sets the security headers of every answer, including Web's.</summary>
internal static class SecurityHeadersExtensions
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Sets the headers when an answer starts. An answer that has its own content security policy (the API's
    /// docs page) keeps it.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this WebApplication app)
    {
        app.UseHsts();
        return app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(
                    static state =>
                    {
                        var response = ((HttpContext)state).Response;
                        var headers = response.Headers;
                        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
                        headers.Remove("Server");
                        headers.XContentTypeOptions = "nosniff";
                        headers.XFrameOptions = "DENY";
                        headers["Referrer-Policy"] = "same-origin";
                        headers["Cross-Origin-Opener-Policy"] = "same-origin";
                        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                        if (response.HttpContext.User.Identity?.IsAuthenticated == true)
                        {
                            headers.TryAdd("Cache-Control", "no-store");
                        }

                        return Task.CompletedTask;
                    },
                    context
                );
                return next(context);
            }
        );
    }
}
