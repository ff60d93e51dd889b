using DataGen.Contracts;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Curation;

/// <summary>Converts changes of records to the messages of tasks.proto.</summary>
internal static class CurationMapping
{
    /// <summary>A record with its changes. One that is left out still shows the generated record.</summary>
    public static GeneratedRecord ToProto(this StoredRecord record, CuratedRecord curated)
    {
        var result = (record with { Data = curated.DataOf(record.Data) }).ToProto();
        result.Curation = curated == CuratedRecord.Untouched ? null : curated.ToProto();
        return result;
    }

    /// <summary>The changes of a record.</summary>
    public static Contracts.Curation ToProto(this CuratedRecord curated) =>
        new() { Change = (Contracts.RecordChange)curated.Change, Liked = curated.Liked };

    /// <summary>How many records have changes; null: none.</summary>
    public static CurationCounts? ToCounts(this CuratedRecords curated) =>
        curated.ByIndex.Count == 0
            ? null
            : new CurationCounts
            {
                Edited = curated.ByIndex.Values.Count(record => record.Data is not null),
                Removed = curated.ByIndex.Values.Count(record => record.Change == RecordChange.Removed),
                Liked = curated.ByIndex.Values.Count(record => record.Liked),
            };
}
