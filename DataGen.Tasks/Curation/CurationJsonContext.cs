using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Tasks.Curation;

/// <summary>The JSON of what is stored of a record that people have touched.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CuratedRecord))]
internal sealed partial class CurationJsonContext : JsonSerializerContext;
