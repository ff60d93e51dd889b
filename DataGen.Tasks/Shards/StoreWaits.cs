namespace DataGen.Tasks.Shards;

/// <summary>What a task says while the store does not confirm writes.</summary>
internal static class StoreWaits
{
    public static string Sentence(string problem) =>
        $"The store does not confirm what is written to it; trying again. {problem}";
}
