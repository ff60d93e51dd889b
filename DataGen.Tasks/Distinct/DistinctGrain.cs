using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Distinct;

internal sealed partial class DistinctGrain(IStoredRecords records, ILogger<DistinctGrain> logger)
    : Grain,
        IDistinctGrain
{
    private ClaimedKeys? claimed;

    // Whether every stored record has claimed its keys here.
    private bool sawAll;

    public async Task<Repeat[]> ClaimAsync(TaskDefinition task, Claim[] claims)
    {
        if (claimed is null || claimed.Records < task.Count)
        {
            (claimed, _) = await ReadAsync(task);
            sawAll = claimed.Count == 0;
        }

        return [.. claims.Select(claim => claimed.Claim(claim)).OfType<Repeat>()];
    }

    public async Task<Repeat[]> CheckAsync(TaskDefinition task, int good)
    {
        if (sawAll && claimed is { } known && known.Count == good && known.Records == task.Count)
        {
            return [];
        }

        (claimed, var repeats) = await ReadAsync(task);
        if (repeats.Length > 0)
        {
            Log.Repeats(logger, task.Id, repeats.Length);
        }

        return repeats;
    }

    private async Task<(ClaimedKeys Claimed, Repeat[] Repeats)> ReadAsync(TaskDefinition task)
    {
        var keys =
            task.ReadSampling()?.Keys
            ?? throw new InvalidOperationException($"Task {task.Id} wants nothing to differ.");
        var result = new ClaimedKeys(task.Count, keys.Sets.Count, keys.Near);
        var repeats = new List<Repeat>();
        try
        {
            await foreach (var record in records.GoodByIndexAsync(task.Id, CancellationToken.None))
            {
                if (result.Claim(Claim.Of(record.Index, record.Data!.Value, keys)) is { } repeat)
                {
                    repeats.Add(repeat with { Bytes = record.Data!.Value.Length });
                }
            }
        }
        catch (InvalidDataException exception)
        {
            // A replica of the store may lag behind.
            throw new StoreUnavailableException(exception.Message);
        }

        return (result, [.. repeats]);
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {TaskId}: {Count} stored records repeat others; they are made again."
        )]
        public static partial void Repeats(ILogger logger, string taskId, int count);
    }
}
