using System.Text.Json.Serialization;

namespace DataGen.Gateway.ApiTokens;

/// <summary>The stored form of an API token.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiToken))]
internal sealed partial class ApiTokenJson : JsonSerializerContext;
