using DataGen.ServiceDefaults.Identity;
using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataGen.Gateway.Sessions;

/// <summary>Registers sessions, and that everything needs one.</summary>
internal static class SessionsExtensions
{
    /// <summary>The policy of endpoints for administrators.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>Adds sessions and makes every request need one unless its endpoint says
    /// <c>AllowAnonymous</c>.</summary>
    public static WebApplicationBuilder AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddSettings<IdentitySettings, IdentitySettings.Validator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new SessionTokens(
            services.GetRequiredService<IdentitySettings>().SessionSecret,
            services.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<SessionAuthenticator>();
        builder.Services.AddSingleton<SessionSweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SessionSweeper>());

        // Not AddAuthentication: it brings Data Protection and its key files, which a signed token needs nothing of.
        builder.Services.AddAuthenticationCore(options =>
            options.DefaultScheme = SessionAuthenticationHandler.SchemeName
        );
        builder.Services.AddWebEncoders();
        new AuthenticationBuilder(builder.Services).AddScheme<
            AuthenticationSchemeOptions,
            SessionAuthenticationHandler
        >(SessionAuthenticationHandler.SchemeName, null);
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
