using DataGen.Gateway.Sessions;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace DataGen.Gateway.Callers;

/// <summary>Registers authentication and authorization.</summary>
internal static class CallersExtensions
{
    /// <summary>The scheme of every request: it forwards to one of the two below.</summary>
    public const string SchemeName = "Caller";

    /// <summary>The policy of endpoints for administrators.</summary>
    public const string AdminPolicy = "admin";

    private const string CookieScheme = "Cookie";
    private const string BearerScheme = "Bearer";

    /// <summary>Adds the two schemes, session cookie and bearer token. Every endpoint needs an authenticated caller
    /// unless it says <c>AllowAnonymous</c>. The cookie of a request with a bearer token is ignored.</summary>
    public static WebApplicationBuilder AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownUsers>();
        builder.Services.AddSingleton<CallerAuthenticator>();

        // Not AddAuthentication: it adds Data Protection and its key files, which a signed token does not need.
        builder.Services.AddAuthenticationCore(options => options.DefaultScheme = SchemeName);
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services)
            .AddPolicyScheme(
                SchemeName,
                displayName: null,
                options =>
                    options.ForwardDefaultSelector = context =>
                        SessionCredential.BearerOf(context.Request) is null ? CookieScheme : BearerScheme
            )
            .AddScheme<CallerSchemeOptions, CallerAuthenticationHandler>(
                CookieScheme,
                options => options.ReadToken = request => request.Cookies[SessionCookie.Name]
            )
            .AddScheme<CallerSchemeOptions, CallerAuthenticationHandler>(
                BearerScheme,
                options => options.ReadToken = SessionCredential.BearerOf
            );
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(
                AdminPolicy,
                policy => policy.RequireAuthenticatedUser().RequireClaim(IdentityTokens.RoleClaim, "admin")
            );
        return builder;
    }
}
