using System.Text.Json;

namespace DataGen.Mock.Inference;

/// <summary>A body for the Ratio1 API whose members have the right types; what they hold is not checked yet.</summary>
internal sealed record NodeRequest
{
    public required JsonElement Messages { get; init; }

    public double Temperature { get; init; } = 0.7;

    public double MaxTokens { get; init; } = 512;

    public double TopP { get; init; } = 1;

    public double RepeatPenalty { get; init; } = 1;

    public JsonElement? ResponseFormat { get; init; }

    /// <summary>Raw JSON; given back by <c>/request_status</c> only.</summary>
    public string? Metadata { get; init; }

    public string? Authorization { get; init; }

    /// <summary>The caller's own id of an asynchronous request.</summary>
    public string? RequestId { get; init; }
}
