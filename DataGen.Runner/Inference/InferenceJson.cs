using System.Text.Json.Serialization;

namespace DataGen.Runner.Inference;

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Serialization | JsonSourceGenerationMode.Metadata
)]
[JsonSerializable(typeof(ChatCompletionRequest))]
internal sealed partial class InferenceJson : JsonSerializerContext;
