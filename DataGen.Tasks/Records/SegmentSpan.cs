using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Records;

/// <summary>The lowest and highest index of a segment, so that it can be skipped without being read.</summary>
internal readonly record struct SegmentSpan(SegmentId Id, int First, int Last, int Count);
