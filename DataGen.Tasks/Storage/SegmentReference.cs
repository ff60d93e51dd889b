namespace DataGen.Tasks.Storage;

/// <summary>What CStore holds of a segment that lies in R1FS.</summary>
internal sealed record SegmentReference(string Cid);
