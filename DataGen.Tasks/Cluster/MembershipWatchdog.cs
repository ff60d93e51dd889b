using Orleans.Clustering.Redis;
using StackExchange.Redis;

namespace DataGen.Tasks.Cluster;

/// <summary>
/// Ends this process when Redis has come back without the cluster's table of members. Orleans would go on with the
/// members it knows, but notice no death of one, and a process that starts would find an empty table and make a second
/// cluster of itself, with grains of its own for the same tasks. The supervisor of the process starts it again, and the
/// restarted processes form one new cluster; all they need is in CStore.
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

    // The first look may fall into the moment in which another process creates the table.
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
            // Redis is away: nothing is known, and the members need it only when one comes or goes.
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
