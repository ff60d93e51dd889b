namespace DataGen.Tasks.Shards;

/// <summary>What a task says of a store that does not take what is written to it.</summary>
internal static class StoreWaits
{
    /// <summary>While a write is repeated.</summary>
    public static string Sentence(string problem) =>
        $"The store does not confirm what is written to it; trying again. {problem}";

    /// <summary>When the store has refused records for good.</summary>
    public static string Refusal(string problem) =>
        $"The store refused records of this task, which a retry makes again. {problem}";
}
