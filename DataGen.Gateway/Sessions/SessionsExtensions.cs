using DataGen.ServiceDefaults.Identity;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataGen.Gateway.Sessions;

/// <summary>Registers sessions.</summary>
internal static class SessionsExtensions
{
    /// <summary>Adds the store of sessions and the session tokens.</summary>
    public static WebApplicationBuilder AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddSettings<IdentitySettings, IdentitySettings.Validator>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new SessionTokens(
            services.GetRequiredService<IdentitySettings>().SessionSecret,
            services.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddSingleton(services => new SealedJson(
            services.GetRequiredService<IdentitySettings>().SessionSecret
        ));
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<SessionSweeper>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SessionSweeper>());
        return builder;
    }
}
