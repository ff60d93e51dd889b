using System.Text.Json;

namespace DataGen.Tests.Tasks;

/// <summary>What an earlier version left on a node, copied from there.</summary>
internal static class EarlierStore
{
    /// <summary>Puts it into a store.</summary>
    /// <returns>The ids of its tasks, by their titles.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> LoadAsync(
        string name,
        MemoryStore store,
        CancellationToken cancellationToken
    )
    {
        await using var file = typeof(EarlierStore).Assembly.GetManifestResourceStream($"Tasks/{name}.json")!;
        using var stored = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        foreach (var value in stored.RootElement.GetProperty("values").EnumerateObject())
        {
            await store.SetAsync(value.Name, value.Value.GetString(), cancellationToken);
        }

        foreach (var hash in stored.RootElement.GetProperty("hashes").EnumerateObject())
        {
            foreach (var field in hash.Value.EnumerateObject())
            {
                await store.HashSetAsync(hash.Name, field.Name, field.Value.GetString(), cancellationToken);
            }
        }

        return stored
            .RootElement.GetProperty("tasks")
            .EnumerateObject()
            .ToDictionary(task => task.Name, task => task.Value.GetString()!);
    }
}
