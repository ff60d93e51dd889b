using System.Text.Json.Serialization;

namespace DataGen.Mock.R1fs;

/// <summary>The header <c>x-meta</c>: <c>{"file":"&lt;node path&gt;","filename":"&lt;name&gt;"}</c>.</summary>
internal sealed record FileMeta(
    [property: JsonPropertyName("file")] string File,
    [property: JsonPropertyName("filename")] string FileName
);
