using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Records;

/// <summary>Where a segment's records lie among the indices, so that it can be left out without being read.</summary>
internal readonly record struct SegmentSpan(SegmentId Id, int First, int Last, int Count);
