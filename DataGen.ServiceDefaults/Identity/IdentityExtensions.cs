using System.Security.Claims;
using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace DataGen.ServiceDefaults.Identity;

/// <summary>Registers issuing and checking of the identity token between services.</summary>
public static class IdentityExtensions
{
    /// <summary>Lets this service issue identity tokens (<see cref="IdentityTokens"/>).</summary>
    public static IHostApplicationBuilder AddIdentityTokens(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<IdentitySettings, IdentitySettings.Validator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton(services => new IdentityTokens(
            services.GetRequiredService<IdentitySettings>().SessionSecret,
            services.GetRequiredService<TimeProvider>() is var clock && clock is SteadyClock steady
                ? steady.Wall
                : clock
        ));
        return builder;
    }

    /// <summary>
    /// Makes every endpoint of this service require a valid identity token unless it says <c>AllowAnonymous</c>: access
    /// to the internal network is not enough.
    /// </summary>
    public static IHostApplicationBuilder AddIdentityCheck(this IHostApplicationBuilder builder)
    {
        builder.AddIdentityTokens();
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options => options.MapInboundClaims = false);
        builder
            .Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IdentityTokens>(
                (options, tokens) => options.TokenValidationParameters = tokens.ValidationParameters
            );
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return builder;
    }

    /// <summary>The canonical username the token names.</summary>
    /// <exception cref="InvalidOperationException">The principal has no name, because the endpoint let an anonymous
    /// caller in.</exception>
    public static string Username(this ClaimsPrincipal user) =>
        user.FindFirstValue(IdentityTokens.NameClaim) ?? throw new InvalidOperationException("The caller has no name.");

    /// <summary>The role the token names: <c>admin</c>, <c>user</c> or <c>service</c>.</summary>
    /// <exception cref="InvalidOperationException">The principal has no role.</exception>
    public static string Role(this ClaimsPrincipal user) =>
        user.FindFirstValue(IdentityTokens.RoleClaim) ?? throw new InvalidOperationException("The caller has no role.");

    /// <summary>Whether the caller is an administrator.</summary>
    public static bool IsAdmin(this ClaimsPrincipal user) => user.FindFirstValue(IdentityTokens.RoleClaim) == "admin";
}
