using System.IO.Hashing;
using System.Text;

namespace DataGen.Tasks.Curation;

/// <summary>The changes that people made to the records of a task. They are applied on top of the generated records,
/// which stay as they are.</summary>
/// <param name="ByIndex">The changed or liked records, by index.</param>
/// <param name="Version">Two equal versions mean equal changes; 0: there are none.</param>
[GenerateSerializer, Immutable]
internal sealed record CuratedRecords(
    [property: Id(0)] IReadOnlyDictionary<int, CuratedRecord> ByIndex,
    [property: Id(1)] ulong Version
)
{
    /// <summary>The most records of a task that can be changed.</summary>
    public const int Most = 10_000;

    /// <summary>The most characters of all changed records together. The set is sent as a whole.</summary>
    public const int MostCharacters = 8_000_000;

    /// <summary>No changes.</summary>
    public static CuratedRecords None { get; } = new(new Dictionary<int, CuratedRecord>(), 0);

    /// <summary>A set of changes.</summary>
    public static CuratedRecords Of(IReadOnlyDictionary<int, CuratedRecord> byIndex)
    {
        var hash = new XxHash3();
        foreach (var (index, record) in byIndex.OrderBy(record => record.Key))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{index} {record.Change} {record.Liked} {record.Data}\n"));
        }

        return byIndex.Count == 0 ? None : new(byIndex, Math.Max(1, hash.GetCurrentHashAsUInt64()));
    }

    /// <summary>The changes of a record.</summary>
    public CuratedRecord this[int index] => ByIndex.GetValueOrDefault(index) ?? CuratedRecord.Untouched;
}
