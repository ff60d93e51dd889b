using DataGen.Tasks.Failures;
using DataGen.Tasks.Tasks;
using DataGen.Tasks.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace DataGen.Tasks.Cluster;

/// <summary>The Orleans silo that the grains live in: one on loopback, or a cluster of all Tasks processes that name
/// the same Redis.</summary>
internal static class ClusterExtensions
{
    // A node may need 30 s for one write, and a grain may wait for two: a call that gave up before would call a task
    // refused that is accepted.
    private static readonly TimeSpan GrainPatience = TimeSpan.FromMinutes(2);

    // How long the grain of an ended task or shard stays; a later request reads it again.
    private static readonly TimeSpan IdleGrain = TimeSpan.FromMinutes(5);

    // A process that was killed is noticed after three missed probes, in a few seconds; one that only pauses for a
    // moment is not given up.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);
    private const int MissedProbes = 3;

    // How long the entries of processes that all died at once keep the next ones from joining.
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(2);
    private const int MissedAlive = 3;

    /// <summary>Adds the silo, and what keeps every unfinished task at work on it.</summary>
    public static WebApplicationBuilder AddTaskGrains(this WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TasksMetrics>();
        var cluster = ClusterSettings.Read(builder.Configuration);
        builder.Host.UseOrleans(silo =>
        {
            if (cluster is null)
            {
                var (siloPort, gatewayPort) = (SiloEndpoint.FreePort(), SiloEndpoint.FreePort());
                silo.UseLocalhostClustering(siloPort, gatewayPort);
            }
            else
            {
                Join(silo, cluster);
            }

            silo.AddIncomingGrainCallFilter<StoreFailureFilter>();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = GrainPatience);
            silo.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = GrainPatience);
            silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = IdleGrain);
            silo.AddActivityPropagation();
        });
        builder.Services.AddHostedService<ActiveTaskSweeper>();
        return builder;
    }

    private static void Join(ISiloBuilder silo, ClusterSettings cluster)
    {
        silo.UseRedisClustering(redis => redis.ConfigurationOptions = cluster.Redis);
        silo.Services.AddHostedService<MembershipWatchdog>();
        silo.Configure<ClusterOptions>(names => names.ClusterId = names.ServiceId = cluster.Name);
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = cluster.Address ?? SiloEndpoint.AddressToward(cluster.Redis);
            endpoint.SiloPort = SiloEndpoint.FreePort();

            // Only the silos themselves call grains.
            endpoint.GatewayPort = 0;
        });
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
}
