using System.Globalization;
using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>What lies in the store of a task's records.</summary>
/// <param name="CountedIndices">The indices of good records in the segments that count, each as often as it is
/// there.</param>
/// <param name="AllIndices">Those in any segment.</param>
/// <param name="Files">The files of R1FS that hold segments.</param>
internal sealed record StoredTask(
    IReadOnlyList<int> CountedIndices,
    IReadOnlySet<int> AllIndices,
    IReadOnlyList<string> Files
)
{
    public static async Task<StoredTask> ReadAsync(MockNode mock, string taskId, CancellationToken cancellationToken)
    {
        var (counted, all, files) = (new List<int>(), new HashSet<int>(), new List<string>());
        var extents = Extents(mock, taskId);
        foreach (var (field, value) in mock.Fields($"datagen:task:{taskId}:segments"))
        {
            var segment = JsonElement.Parse(value);
            if (segment.TryGetProperty("cid", out var cid))
            {
                files.Add(cid.GetString()!);
                segment = JsonElement.Parse(await mock.FileAsync(cid.GetString()!, cancellationToken));
            }

            // The field is {epoch}-{sequence}, in a task of several shards {shard}.{epoch}-{sequence}.
            var indices = segment
                .GetProperty("records")
                .EnumerateArray()
                .Where(record => record.GetProperty("ok").GetBoolean())
                .Select(record => record.GetProperty("i").GetInt32())
                .ToArray();
            all.UnionWith(indices);
            if (
                int.Parse(field.Split('-')[1], CultureInfo.InvariantCulture)
                < extents.GetValueOrDefault(field.Split('-')[0])
            )
            {
                counted.AddRange(indices);
            }
        }

        return new StoredTask(counted, all, files);
    }

    // How many segments of each epoch of each shard count.
    private static Dictionary<string, int> Extents(MockNode mock, string taskId)
    {
        var document = JsonElement.Parse(mock.Value($"datagen:task:{taskId}")!);
        var extents = new Dictionary<string, int>();
        var shards = document.GetProperty("shards").GetArrayLength();
        for (var shard = 0; shard < shards; shard++)
        {
            if (mock.Value($"datagen:task:{taskId}:shard:{shard}") is { } begun)
            {
                var state = JsonElement.Parse(begun).GetProperty("state");
                foreach (var (epoch, count) in Epochs(state, shards > 1 ? $"{shard}." : ""))
                {
                    extents.Add(epoch, count);
                }
            }
        }

        return extents;
    }

    private static IEnumerable<KeyValuePair<string, int>> Epochs(JsonElement state, string prefix) =>
        state
            .GetProperty("epochs")
            .EnumerateArray()
            .Select(epoch =>
                KeyValuePair.Create(
                    $"{prefix}{epoch.GetProperty("epoch").GetInt32()}",
                    epoch.GetProperty("segments").GetInt32()
                )
            );
}
