namespace DataGen.Tasks.Shards;

/// <summary>The sentences in which a task reports that the store does not accept its writes.</summary>
internal static class StoreWaits
{
    /// <summary>The sentence while a write is repeated.</summary>
    public static string Sentence(string problem) =>
        $"The store does not confirm what is written to it; trying again. {problem}";

    /// <summary>The sentence when the store has refused records for good.</summary>
    public static string Refusal(string problem) =>
        $"The store refused records of this task, which a retry makes again. {problem}";
}
