using DataGen.Gateway.Users;
using DataGen.Ratio1;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;

namespace DataGen.Gateway.Auth;

/// <summary>Registers users and signing in.</summary>
internal static class SignInExtensions
{
    /// <summary>Adds CStore and its users; a host that has registered a store of its own keeps it.</summary>
    public static WebApplicationBuilder AddUserStore(this WebApplicationBuilder builder)
    {
        if (!builder.Services.Any(service => service.ServiceType == typeof(ICStore)))
        {
            builder.Services.AddCStore(builder.Configuration);
        }

        if (!builder.Services.Any(service => service.ServiceType == typeof(IUserStore)))
        {
            builder.Services.AddCStoreAuth(builder.Configuration);
        }

        return builder;
    }

    /// <summary>Adds signing in by password.</summary>
    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AdminBootstrap>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AdminBootstrap>());
        builder.Services.AddHealthChecks().AddCheck<SignInHealthCheck>("sign-in");
        builder.Services.AddSingleton<SignInThrottle>();
        builder.Services.AddSingleton(services => new DeviceCookie(
            services.GetRequiredService<IdentitySettings>().SessionSecret
        ));
        builder.Services.AddSingleton<SignIn>();
        builder.Services.AddSingleton<Administrators>();
        return builder;
    }
}
