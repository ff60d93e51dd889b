using System.Text.Json.Serialization;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>JSON that is passed on as it came, neither parsed into objects nor reordered.</summary>
/// <param name="Utf8">The text.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
