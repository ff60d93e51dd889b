using System.Text.Json.Nodes;

namespace DataGen.Gateway.Api.Definitions;

/// <summary>The values that are drawn for one record.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Values">The values, by sampler.</param>
internal sealed record PlannedResponse(int Index, JsonObject Values);
