using System.Text.Json;

namespace DataGen.Mock.Inference;

/// <summary>A completion that has been asked for in a valid way, in any of the dialects.</summary>
/// <param name="Messages">The prompt.</param>
/// <param name="MaxTokens">Upper bound of the answer.</param>
/// <param name="Schema">The JSON Schema the answer must follow; null when none was sent.</param>
/// <param name="Model">The model's name in the answer.</param>
internal sealed record CompletionRequest(
    IReadOnlyList<ChatMessage> Messages,
    int MaxTokens,
    JsonElement? Schema,
    string Model
);
