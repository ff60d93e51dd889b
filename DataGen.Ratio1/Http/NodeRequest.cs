namespace DataGen.Ratio1.Http;

/// <summary>One call to a node.</summary>
/// <param name="Endpoint">The endpoint's name without a slash, for example <c>hset</c>.</param>
/// <param name="Query">The encoded query with its question mark, or nothing.</param>
/// <param name="Content">Makes the body, once per attempt; null makes the call a GET.</param>
/// <param name="Retries">How often a transient failure is repeated.</param>
internal sealed record NodeRequest(string Endpoint, string Query, Func<HttpContent>? Content, int Retries);
