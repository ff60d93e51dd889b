using System.Text.Json.Serialization;

namespace DataGen.Runner.Inference;

/// <summary>One message of a call.</summary>
internal sealed record ChatCompletionMessage(
    [property: JsonPropertyName("role")] string Role,
    [property: JsonPropertyName("content")] string Content
);
