using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Runner.Inference;

/// <summary>The body of a call, in either dialect; what is null is not sent.</summary>
internal sealed record ChatCompletionRequest
{
    [JsonPropertyName("model")]
    public string? Model { get; init; }

    [JsonPropertyName("messages")]
    public required IReadOnlyList<ChatCompletionMessage> Messages { get; init; }

    [JsonPropertyName("temperature")]
    public float? Temperature { get; init; }

    [JsonPropertyName("top_p")]
    public float? TopP { get; init; }

    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; init; }

    /// <summary>What newer OpenAI models want instead of <see cref="MaxTokens"/>.</summary>
    [JsonPropertyName("max_completion_tokens")]
    public int? MaxCompletionTokens { get; init; }

    /// <summary>Always said: some servers stream when it is left out.</summary>
    [JsonPropertyName("stream")]
    public bool Stream { get; }

    [JsonPropertyName("stop")]
    public IList<string>? Stop { get; init; }

    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    [JsonPropertyName("response_format")]
    public JsonElement? ResponseFormat { get; init; }

    /// <summary>Ratio1 reads the token here and ignores the header.</summary>
    [JsonPropertyName("authorization")]
    public string? Authorization { get; init; }
}
