namespace DataGen.Gateway.Api.Tasks;

/// <summary>A record that ended.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Ok">Whether there is data.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="DurationMs">From its first attempt to its end, in milliseconds.</param>
/// <param name="Data">The record as the model wrote it, or as it was changed since.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Answer">The first 4 KB of what the last attempt of a failed record was answered.</param>
/// <param name="Tokens">Tokens of all its attempts, as far as the server reported them.</param>
/// <param name="Edited">Whether it was changed since it was generated; left out where it was not.</param>
/// <param name="Removed">Whether it is left out of the dataset; left out where it is not.</param>
/// <param name="Liked">Whether it is liked; left out where it is not.</param>
internal sealed record RecordResponse(
    int Index,
    bool Ok,
    int Attempts,
    long DurationMs,
    RawJson? Data = null,
    string? Error = null,
    TokensResponse? Tokens = null,
    string? Answer = null,
    bool? Edited = null,
    bool? Removed = null,
    bool? Liked = null
);
