using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>
/// Ends this process when Redis has come back without the cluster's membership table. Orleans would go on with the
/// members it knows, but it would notice no member's death, and a new process would find an empty table and form a
/// second cluster, with its own grains for the same tasks. The supervisor starts the process again, and the restarted
/// processes form one new cluster; all state that they need is in CStore.
/// </summary>
internal sealed partial class MembershipWatchdog(
    IMembershipTable table,
    ILocalSiloDetails silo,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MembershipWatchdog> logger
) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    // A single look may fall into the moment in which another process creates the table.
    private const int LooksInARow = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Period, clock);
        for (var missed = 0; await timer.WaitForNextTickAsync(stoppingToken); )
        {
            missed = await IsMemberAsync(stoppingToken) ? 0 : missed + 1;
            if (missed == LooksInARow)
            {
                Log.Lost(logger);
                lifetime.StopApplication();
                return;
            }
        }
    }

    private async Task<bool> IsMemberAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await table.ReadAllAsync(cancellationToken)).TryGet(silo.SiloAddress) is not null;
        }
        catch (RedisClusteringException)
        {
            return false;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Redis cannot be reached, so nothing is known. The members need it only when one of them comes or goes.
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Critical,
            Message = "Redis has lost the members of the cluster. This process ends, so that it joins the new cluster when it is started again; "
                + "a Redis that keeps its data over a restart spares it this."
        )]
        public static partial void Lost(ILogger logger);
    }
}
