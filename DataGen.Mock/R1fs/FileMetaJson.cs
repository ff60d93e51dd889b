using System.Text.Json.Serialization;

namespace DataGen.Mock.R1fs;

/// <summary>Source-generated JSON for <see cref="FileMeta"/>; what is beyond ASCII is escaped, as a header needs
/// it.</summary>
[JsonSerializable(typeof(FileMeta))]
internal sealed partial class FileMetaJson : JsonSerializerContext;
