using System.Text.Json.Serialization;

namespace DataGen.Explorer.Queries;

/// <summary>The JSON of questions.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class QueryJson : JsonSerializerContext;
