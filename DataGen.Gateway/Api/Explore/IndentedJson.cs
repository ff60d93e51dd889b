using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Gateway.Api.Explore;

/// <summary>Indented JSON for people.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class IndentedJson : JsonSerializerContext;
