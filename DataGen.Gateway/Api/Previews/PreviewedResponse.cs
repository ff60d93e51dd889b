using DataGen.Gateway.Api.Tasks;

namespace DataGen.Gateway.Api.Previews;

/// <summary>One record of a preview.</summary>
/// <param name="Index">Its index in the task that would be made.</param>
/// <param name="Ok">Whether there is data.</param>
/// <param name="Attempts">Calls made for it.</param>
/// <param name="DurationMs">From its first call to its end, in milliseconds.</param>
/// <param name="Rejections">Answers whose record was rejected, in order.</param>
/// <param name="Messages">The messages of the last call.</param>
/// <param name="Data">The record as a task would store it.</param>
/// <param name="Error">Why there is no data; left out while the record is being made, which only the events of a
/// preview show.</param>
/// <param name="Answer">The first 4 KB of the last answer for a failed record.</param>
/// <param name="Sampled">The values that were drawn for the record, by sampler.</param>
/// <param name="Tokens">Tokens of its calls, as far as the server reported them.</param>
internal sealed record PreviewedResponse(
    int Index,
    bool Ok,
    int Attempts,
    long DurationMs,
    IReadOnlyList<RejectionResponse> Rejections,
    IReadOnlyList<MessageResponse> Messages,
    RawJson? Data = null,
    string? Error = null,
    string? Answer = null,
    RawJson? Sampled = null,
    TokensResponse? Tokens = null
);
