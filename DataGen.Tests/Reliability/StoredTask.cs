using System.Text.Json;

namespace DataGen.Tests.Reliability;

/// <summary>What lies in the store of a task's records.</summary>
/// <param name="CountedIndices">The indices in the segments that count, each as often as it is there.</param>
/// <param name="AllIndices">The indices in any segment.</param>
/// <param name="Files">The files of R1FS that hold segments.</param>
internal sealed record StoredTask(IReadOnlyList<int> CountedIndices, IReadOnlySet<int> AllIndices, IReadOnlyList<string> Files)
{
    public static async Task<StoredTask> ReadAsync(MockNode mock, string taskId, CancellationToken cancellationToken)
    {
        var epochs = JsonElement.Parse(mock.Value($"datagen:task:{taskId}")!).GetProperty("epochs").EnumerateArray()
            .ToDictionary(epoch => epoch.GetProperty("epoch").GetInt32(), epoch => epoch.GetProperty("segments").GetInt32());
        var (counted, all, files) = (new List<int>(), new HashSet<int>(), new List<string>());
        foreach (var (field, value) in mock.Hash($"datagen:task:{taskId}:segments"))
        {
            var segment = JsonElement.Parse(value);
            if (segment.TryGetProperty("cid", out var cid))
            {
                files.Add(cid.GetString()!);
                segment = JsonElement.Parse(await mock.FileAsync(cid.GetString()!, cancellationToken));
            }

            var indices = segment.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("i").GetInt32()).ToArray();
            all.UnionWith(indices);
            var (epoch, sequence) = (int.Parse(field.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(field.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture));
            if (sequence < epochs.GetValueOrDefault(epoch))
            {
                counted.AddRange(indices);
            }
        }

        return new StoredTask(counted, all, files);
    }
}
