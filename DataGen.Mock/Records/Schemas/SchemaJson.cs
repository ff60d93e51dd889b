using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Source-generated JSON for schemas.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string))]
internal sealed partial class SchemaJson : JsonSerializerContext;
