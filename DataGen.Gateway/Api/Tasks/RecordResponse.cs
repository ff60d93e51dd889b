namespace DataGen.Gateway.Api.Tasks;

/// <summary>A record that ended.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Ok">Whether there is data.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="DurationMs">From its first attempt to its end, in milliseconds.</param>
/// <param name="Data">The record as the model wrote it.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Answer">The first 4 KB of what the last attempt of a failed record was answered.</param>
/// <param name="Tokens">Tokens of all its attempts, as far as the server reported them.</param>
internal sealed record RecordResponse(
    int Index,
    bool Ok,
    int Attempts,
    long DurationMs,
    RawJson? Data = null,
    string? Error = null,
    TokensResponse? Tokens = null,
    string? Answer = null
);
