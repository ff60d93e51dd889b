namespace DataGen.Tasks.Model;

/// <summary>One record that ended.</summary>
/// <param name="Index">Zero-based index in its task.</param>
/// <param name="Data">The record as compact UTF-8 JSON; null when it failed.</param>
/// <param name="Error">Why it failed; null when it is good.</param>
/// <param name="Attempts">Attempts made, from 1.</param>
/// <param name="Tokens">Tokens of all attempts.</param>
/// <param name="DurationMs">From its first attempt to its end, in milliseconds.</param>
/// <param name="Answer">The start of the last answer for a failed record; null when there is nothing to show.</param>
/// <param name="Rejected">How many of the attempts had their record rejected.</param>
internal sealed record StoredRecord(
    int Index,
    ReadOnlyMemory<byte>? Data,
    string? Error,
    int Attempts,
    TokenCount Tokens,
    long DurationMs,
    string? Answer = null,
    int Rejected = 0
)
{
    /// <summary>Whether there is data.</summary>
    public bool Ok => Data is not null;
}
