using System.Text.Json;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using DataGen.Tasks.Storage;

namespace DataGen.Tests.Tasks;

public sealed class ShardGrainTests : TasksServiceTest
{
    [Fact]
    public async Task A_slow_read_does_not_replace_what_was_found_after_it_began()
    {
        var id = (await Host.CreateAsync(6)).Task.Id;
        await Host.EndAsync(id, Cancelled);
        var task = new TaskDefinition(id, "ada", "t", "A customer", 6, null, null, null, DateTimeOffset.UnixEpoch);
        var shard = new ShardId(id, 0, 1);

        // A process has died that had stored segments and not yet the document that counts them.
        var left = MemoryStore.After(
            [
                .. Store
                    .Log.Where(write => write.Key.Contains("segments", StringComparison.Ordinal))
                    .Append(
                        (
                            CStoreKeys.Shard(shard),
                            JsonSerializer.Serialize(
                                new ShardDocument(0, false, ShardState.Empty),
                                StorageJsonContext.Default.ShardDocument
                            )
                        )
                    ),
            ],
            int.MaxValue
        );
        var (reading, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        left.OnRead = async key =>
        {
            if (key == CStoreKeys.Shard(shard) && reading.TrySetResult())
            {
                await release.Task;
            }
        };
        await using var host = await TasksHost.StartAsync(left, Runner.Address, Cancelled);
        var grain = host.Grains.GetGrain<IShardGrain>(shard.Key);

        var early = grain.GetExtentAsync();
        await reading.Task.WaitAsync(Cancelled);
        await grain.StopAsync(new ShardAssignment(task, new IndexRange(0, 5), 0, Proven: true, Fresh: false));
        release.SetResult();

        Assert.Equal([new IndexRange(0, 5)], (await early).Good);
        Assert.Equal([new IndexRange(0, 5)], (await grain.GetExtentAsync()).Good);
    }
}
