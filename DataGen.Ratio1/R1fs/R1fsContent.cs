namespace DataGen.Ratio1.R1fs;

/// <summary>A whole file from R1FS.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="FileName">The name it was added under, when the node says it.</param>
public sealed record R1fsContent(ReadOnlyMemory<byte> Bytes, string? FileName);
