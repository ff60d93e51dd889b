namespace DataGen.Gateway.Api.Previews;

/// <summary>A request for a proposed definition.</summary>
/// <param name="Prompt">What one record looks like, in plain words: 1 to 8000 characters.</param>
internal sealed record NewDraft(string? Prompt);
