using System.Text.Json.Serialization;

namespace DataGen.Gateway.Api.Tasks;

/// <summary>JSON that is passed on unchanged.</summary>
/// <param name="Utf8">The text.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal readonly record struct RawJson(ReadOnlyMemory<byte> Utf8);
