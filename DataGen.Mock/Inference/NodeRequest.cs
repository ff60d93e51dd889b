using System.Text.Json;

namespace DataGen.Mock.Inference;

/// <summary>A body for the Ratio1 API whose members have the right types; what they hold is not checked yet.</summary>
/// <param name="Metadata">Given back by <c>/request_status</c> only.</param>
/// <param name="RequestId">The caller's own id of an asynchronous request.</param>
internal sealed record NodeRequest(
    IReadOnlyList<JsonElement> Messages,
    double Temperature,
    double MaxTokens,
    double TopP,
    double RepeatPenalty,
    JsonElement? ResponseFormat,
    JsonElement? Metadata,
    string? Authorization,
    string? RequestId
);
