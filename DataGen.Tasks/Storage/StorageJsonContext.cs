using System.Text.Json;
using System.Text.Json.Serialization;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Storage;

/// <summary>The JSON of everything that <see cref="TaskStore"/> keeps, except the segments.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskDocument))]
[JsonSerializable(typeof(ShardDocument))]
[JsonSerializable(typeof(MetricsTotals))]
[JsonSerializable(typeof(SegmentReference))]
[JsonSerializable(typeof(string))]
internal sealed partial class StorageJsonContext : JsonSerializerContext;
