namespace DataGen.Tasks.Storage;

/// <summary>The value in CStore for a segment in R1FS.</summary>
internal sealed record SegmentReference(string Cid);
