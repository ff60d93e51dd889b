using System.Text.Json;

namespace DataGen.Mock.Records;

/// <summary>A completion that has been asked for in a valid way, in any of the dialects.</summary>
/// <param name="Messages">The prompt.</param>
/// <param name="MaxTokens">Upper bound of the answer.</param>
/// <param name="Schema">The JSON Schema the answer must follow; null when none was sent.</param>
/// <param name="Model">The model's name in the answer.</param>
/// <param name="Format">The type of <c>response_format</c>; null when none was sent.</param>
/// <param name="SchemaName">The name the schema was sent with.</param>
internal sealed record CompletionRequest(
    IReadOnlyList<ChatMessage> Messages,
    int MaxTokens,
    JsonElement? Schema,
    string Model,
    string? Format = null,
    string? SchemaName = null
)
{
    /// <summary>Whether it is about an answer that was no good: an assistant's message and a user's come
    /// last.</summary>
    public bool IsCorrection => Messages is [_, .., { Role: "assistant" }, { Role: "user" }];
}
