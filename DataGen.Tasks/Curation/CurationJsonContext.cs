using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataGen.Tasks.Curation;

/// <summary>The JSON of the stored changes of a record.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CuratedRecord))]
internal sealed partial class CurationJsonContext : JsonSerializerContext;
