using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Shards;

/// <summary>The one owner of a shard of a large task; its key is a <see cref="ShardId"/>. The task's grain tells it
/// what to do.</summary>
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>How it stands in a run of its task, or null when this process knows nothing of it and has to be told to
    /// start.</summary>
    [AlwaysInterleave]
    Task<ShardReport?> ReportAsync(int run);

    /// <summary>Goes on with the shard where the store says it stood; does nothing when it has ended, or is at
    /// work.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read; nothing was begun.</exception>
    Task<ShardReport> StartAsync(ShardAssignment assignment);

    /// <summary>Stops it and returns when what had ended is stored; it stays as it is until it is started
    /// again.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<ShardReport> StopAsync(ShardAssignment assignment);

    /// <summary>Which of its records are stored where.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    [AlwaysInterleave]
    Task<RecordExtent> GetExtentAsync();

    /// <summary>Stops it at once and forgets it: it is being deleted.</summary>
    Task ForgetAsync();
}
