namespace DataGen.Gateway.Api.Tasks;

/// <summary>A record that ended.</summary>
/// <param name="Index">Its index in the task.</param>
/// <param name="Ok">Whether there is data.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="DurationMs">From its first attempt to its end, in milliseconds.</param>
/// <param name="Data">The record as the model wrote it, or as it was changed later.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Answer">The first 4 KB of the last answer for a failed record.</param>
/// <param name="Tokens">Tokens of all its attempts, as far as the server reported them.</param>
/// <param name="Edited">True where the record was changed after it was generated; else left out.</param>
/// <param name="Removed">True where the record is removed from the dataset; else left out.</param>
/// <param name="Liked">True where the record is liked; else left out.</param>
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
