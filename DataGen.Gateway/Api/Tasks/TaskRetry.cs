namespace DataGen.Gateway.Api.Tasks;

/// <summary>How to retry a task. Tasks validates the values.</summary>
/// <param name="MaxTokens">A new upper bound of output tokens per record, 16 to 4096; left out: as it was.</param>
internal sealed record TaskRetry(int? MaxTokens = null);
