namespace DataGen.Definition;

/// <summary>What a dataset may cost.</summary>
/// <param name="Calls">The most calls of the inference server. Null: <see cref="DefaultFor"/> where the definition may
/// reject records, no bound elsewhere.</param>
/// <param name="Tokens">The most tokens, of prompts and answers together; null: there is no bound.</param>
/// <param name="Cost">The most money, in the currency of the operator's prices; null: there is no bound.</param>
/// <param name="Until">The moment from which no call is made; null: there is none.</param>
public sealed record Budget(long? Calls, long? Tokens, decimal? Cost, DateTimeOffset? Until)
{
    /// <summary>The bound of calls for a definition that may reject records and names no bound: five per record, and 50
    /// more.</summary>
    public static long DefaultFor(int count) => (5L * count) + 50;
}
