using DataGen.Tasks.Distinct;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Shards;

/// <summary>The one owner of a shard; its key is <see cref="ShardId.Key"/>. The task's grain tells it what to do.</summary>
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Goes on with the shard where the store says it stood; does nothing when it has ended, or is at
    /// work.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read; nothing was begun.</exception>
    Task<ShardReport> StartAsync(ShardAssignment assignment);

    /// <summary>How it stands in a run of its task, now and after every change, until it does nothing more. Ends at once
    /// when this process does not work on it and has to be told to start.</summary>
    [AlwaysInterleave]
    IAsyncEnumerable<ShardReport> FollowAsync(int run, CancellationToken cancellationToken);

    /// <summary>Stops it and returns when what had ended is stored; it stays as it is until it is started
    /// again.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<ShardReport> StopAsync(ShardAssignment assignment);

    /// <summary>Makes stored records missing again that repeat others; the shard has to be started for them. A second time
    /// does nothing.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or did not confirm it.</exception>
    Task<ShardReport> WithdrawAsync(ShardAssignment assignment, Repeat[] repeats);

    /// <summary>Which of its records are stored where.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    [AlwaysInterleave]
    Task<RecordExtent> GetExtentAsync();

    /// <summary>Stops it at once and forgets it: it is being deleted.</summary>
    Task ForgetAsync();
}
