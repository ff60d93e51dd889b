using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.Http;
using DataGen.Ratio1.R1fs;
using DataGen.Ratio1.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace DataGen.Ratio1;

/// <summary>Registers the Ratio1 clients from the settings that Ratio1's nodes inject.</summary>
public static class Ratio1ServiceCollectionExtensions
{
    private const string CStoreClient = "ratio1-cstore";
    private const string R1fsClient = "ratio1-r1fs";

    /// <summary>
    /// Registers <see cref="ICStore"/>, and the health check <c>cstore</c>, tagged <c>ready</c>, which says degraded
    /// while the store does not answer.
    /// On a node (the default) <see cref="ICStoreNode"/> is registered too; <c>DATAGEN_CSTORE=redis</c> chooses Redis
    /// at <c>ConnectionStrings:redis</c>.
    /// </summary>
    /// <remarks>
    /// The node's address is <c>EE_CHAINSTORE_API_HOST</c> (+ <c>_PORT</c>), else <c>R1EN_CHAINSTORE_API_URL</c>, else
    /// <c>EE_CHAINSTORE_API_URL</c>; the
    /// peers of every write are <c>R1EN_CHAINSTORE_PEERS</c>, else <c>EE_CHAINSTORE_PEERS</c>, a JSON array or a comma
    /// list.
    /// </remarks>
    /// <exception cref="OptionsValidationException">A setting is missing or cannot be used; the message names
    /// it.</exception>
    public static IServiceCollection AddCStore(this IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(ICStore)))
        {
            return services;
        }

        services.TryAddSingleton(TimeProvider.System);
        if (CStoreSettings.IsOnRedis(configuration))
        {
            AddRedis(services, CStoreSettings.RedisConnectionString(configuration));
        }
        else
        {
            AddNode(services, CStoreSettings.OfNode(configuration));
        }

        services
            .AddHealthChecks()
            .AddCheck<CStoreHealthCheck>(CStoreHealthCheck.Name, HealthStatus.Degraded, ["ready"]);
        return services;
    }

    /// <summary>Registers <see cref="IUserStore"/> over <see cref="ICStore"/> from the cstore-auth settings (see
    /// <see cref="CStoreAuthOptions.FromConfiguration"/>).</summary>
    /// <remarks>Whether a bootstrap password is needed shows only in <see cref="IUserStore.InitializeAsync"/>, when
    /// there is no admin yet.</remarks>
    /// <exception cref="OptionsValidationException">The hash key or the secret is missing; the message names the
    /// variable.</exception>
    public static IServiceCollection AddCStoreAuth(this IServiceCollection services, IConfiguration configuration)
    {
        var options = CStoreAuthOptions.FromConfiguration(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IUserStore>(provider => new UserStore(
            provider.GetRequiredService<ICStore>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<UserStore>>()
        ));
        return services;
    }

    /// <summary>
    /// Registers <see cref="IR1fs"/> when R1FS is configured: <c>EE_R1FS_API_HOST</c> (+ <c>_PORT</c>), else
    /// <c>R1EN_R1FS_API_URL</c>, else <c>EE_R1FS_API_URL</c>.
    /// </summary>
    /// <returns>Whether it is configured, and so registered.</returns>
    /// <exception cref="OptionsValidationException">The address cannot be used; the message names the
    /// setting.</exception>
    public static bool AddR1fs(this IServiceCollection services, IConfiguration configuration)
    {
        if (R1fsSettings.Read(configuration) is not { } options)
        {
            return false;
        }

        services.TryAddSingleton(TimeProvider.System);
        NodeHttpClient.Add(services, R1fsClient);
        services.TryAddSingleton<IR1fs>(provider => new HttpR1fs(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(R1fsClient),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HttpR1fs>>()
        ));
        return true;
    }

    private static void AddNode(IServiceCollection services, CStoreOptions options)
    {
        NodeHttpClient.Add(services, CStoreClient);
        services.AddSingleton<ICStoreNode>(provider => new HttpCStore(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(CStoreClient),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HttpCStore>>()
        ));
        services.TryAddSingleton<ICStore>(provider => provider.GetRequiredService<ICStoreNode>());
    }

    private static void AddRedis(IServiceCollection services, string connectionString)
    {
        ConfigurationOptions options;
        try
        {
            options = ConfigurationOptions.Parse(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw BadSetting.Of<CStoreOptions>(
                CStoreSettings.RedisConnection,
                "is not a StackExchange.Redis connection string such as localhost:6379."
            );
        }

        services.AddSingleton(provider => new RedisConnection(options, provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<ICStore, RedisCStore>();
    }
}
