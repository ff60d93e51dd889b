using DataGen.ServiceDefaults.Hosting;
using DataGen.ServiceDefaults.Settings;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Tasks;
using DataGen.Tasks.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>The Orleans silo of the grains: a single one on loopback, or a cluster of all Tasks processes that use the
/// same Redis.</summary>
internal static class ClusterExtensions
{
    // A node may need 30 s for one write, and a grain may wait for two. A caller that gave up earlier would report a
    // task as refused that is accepted.
    private static readonly TimeSpan GrainPatience = TimeSpan.FromMinutes(2);

    // How long the grain of an ended task or shard stays in memory; a later request reads its state again.
    private static readonly TimeSpan IdleGrain = TimeSpan.FromMinutes(5);

    // A process that was killed is noticed after three missed probes, within a few seconds. A process that pauses only
    // briefly stays a member.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);
    private const int MissedProbes = 3;

    // How long the entries of processes that all died at once keep new processes from joining.
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(2);
    private const int MissedAlive = 3;

    /// <summary>Adds the silo, and the services that keep every unfinished task at work on it.</summary>
    public static WebApplicationBuilder AddTaskGrains(this WebApplicationBuilder builder)
    {
        builder.AddSteadyClock();
        builder.Services.AddSingleton<TasksMetrics>();
        var isClustered = builder.Configuration.Text(RedisSettings.Name) is not null;
        if (isClustered)
        {
            builder.AddSettings<RedisSettings, RedisSettings.Validator>();
            builder.AddSettings<ClusterSettings, ClusterSettings.Validator>();
            builder
                .Services.AddOptions<RedisSettings>()
                .Validate(IsAnswered, $"{RedisSettings.Name}: no Redis answers there.");
        }

        var port = new ReservedPort();
        builder.Services.AddSingleton(port);
        builder.Host.UseOrleans(silo =>
        {
            if (isClustered)
            {
                Join(silo);
            }
            else
            {
                silo.UseLocalhostClustering(port.Number);

                // Only the silo itself calls grains. An open gateway port would answer any process on this machine.
                silo.Configure<EndpointOptions>(endpoint => endpoint.GatewayPort = 0);
            }

            silo.AddIncomingGrainCallFilter<StoreFailureFilter>();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = GrainPatience);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = GrainPatience);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = IdleGrain);
            silo.AddActivityPropagation();
        });
        builder.Services.AddHostedService<TaskRecoveryService>();
        return builder;
    }

    // Wraps the registered clock (a test may register one), else the machine's clock.
    private static void AddSteadyClock(this WebApplicationBuilder builder)
    {
        var wall = builder.Services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider));
        builder.Services.Replace(
            ServiceDescriptor.Singleton<TimeProvider>(
                new SteadyClock((wall?.ImplementationInstance as TimeProvider) ?? TimeProvider.System)
            )
        );
    }

    private static void Join(ISiloBuilder silo)
    {
        silo.UseRedisClustering(_ => { });
        silo.Services.AddOptions<RedisClusteringOptions>()
            .Configure<RedisSettings>((clustering, redis) => clustering.ConfigurationOptions = redis.Parse());
        silo.Services.AddHostedService<MembershipWatchdog>();
        silo.Services.AddOptions<ClusterOptions>()
            .Configure<ClusterSettings>((names, cluster) => names.ClusterId = names.ServiceId = cluster.Name);
        silo.Services.AddOptions<EndpointOptions>()
            .Configure<ClusterSettings, RedisSettings, ReservedPort>(
                (endpoint, cluster, redis, port) =>
                {
                    endpoint.AdvertisedIPAddress = cluster.Address ?? SiloEndpoint.AddressToward(redis.Parse()!);
                    endpoint.SiloPort = port.Number;

                    // Only the silos call grains. The silo listens at its own address alone, which is as wide as the
                    // others need.
                    endpoint.GatewayPort = 0;
                }
            );
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.NumMissedProbesLimit = MissedProbes;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            membership.IAmAliveTablePublishTimeout = AliveEvery;
            membership.NumMissedTableIAmAliveLimit = MissedAlive;
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
        });
    }

    // Checks Redis before the start. A silo without Redis also gives up, but after a minute and with a stack trace.
    private static bool IsAnswered(RedisSettings settings)
    {
        if (settings.Parse() is not { } redis)
        {
            return true; // That it cannot be read is said already.
        }

        redis.AbortOnConnectFail = true;
        try
        {
            using var connection = ConnectionMultiplexer.Connect(redis);
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
