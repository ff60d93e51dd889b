namespace DataGen.Ratio1.CStore;

/// <summary>The result of <c>/hsync</c>.</summary>
/// <param name="HashKey">The hash that was merged.</param>
/// <param name="SourcePeer">The peer it came from, <c>0xai_…</c>; null when the node does not say.</param>
/// <param name="MergedFields">How many fields were merged; null when the node does not say.</param>
public sealed record CStoreSync(string HashKey, string? SourcePeer, int? MergedFields);
