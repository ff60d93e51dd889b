namespace DataGen.Gateway.Api.Tasks;

/// <summary>Tokens as the inference server counts them.</summary>
/// <param name="Input">Tokens of the prompts.</param>
/// <param name="Output">Tokens of the completions.</param>
internal sealed record TokensResponse(long Input, long Output);
