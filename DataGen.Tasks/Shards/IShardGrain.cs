using DataGen.Tasks.Distinct;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using Orleans.Concurrency;

namespace DataGen.Tasks.Shards;

/// <summary>The one owner of a shard; its key is <see cref="ShardId.Key"/>. The task's grain directs it.</summary>
internal interface IShardGrain : IGrainWithStringKey
{
    /// <summary>Continues the shard from its stored state. Does nothing when it has ended or is at work.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read; no work was begun.</exception>
    Task<ShardReport> StartAsync(ShardAssignment assignment);

    /// <summary>The reports of the shard in a run of its task, now and after every change, until it does nothing more.
    /// The stream ends at once when this process does not work on the shard; then the shard has to be
    /// started.</summary>
    [AlwaysInterleave]
    IAsyncEnumerable<ShardReport> FollowAsync(int run, CancellationToken cancellationToken);

    /// <summary>Stops the shard and returns when all ended records are stored. It stays stopped until it is started
    /// again.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<ShardReport> StopAsync(ShardAssignment assignment);

    /// <summary>Makes stored records that repeat others missing again; the shard has to be started to make them. A
    /// repeated call does nothing.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or did not confirm it.</exception>
    Task<ShardReport> WithdrawAsync(ShardAssignment assignment, Repeat[] repeats);

    /// <summary>Which of the shard's records are stored where.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    [AlwaysInterleave]
    Task<RecordExtent> GetExtentAsync();

    /// <summary>Stops the shard at once and forgets it, because it is being deleted.</summary>
    Task ForgetAsync();
}
