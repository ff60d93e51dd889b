namespace DataGen.Definition;

/// <summary>What a dataset may cost.</summary>
/// <param name="Calls">The most calls of the inference server; null: as many as the definition needs by a rule of
/// thumb.</param>
/// <param name="Tokens">The most tokens, of prompts and answers together; null: there is no bound.</param>
/// <param name="Cost">The most money, in the currency of the operator's prices; null: there is no bound.</param>
/// <param name="Until">When no call is made any more; null: at no time.</param>
public sealed record Budget(long? Calls, long? Tokens, decimal? Cost, DateTimeOffset? Until)
{
    /// <summary>The bound of a definition that may reject records and names none: five calls a record and fifty.</summary>
    public static long DefaultFor(int count) => (5L * count) + 50;
}
