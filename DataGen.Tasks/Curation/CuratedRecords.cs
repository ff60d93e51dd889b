using System.IO.Hashing;
using System.Text;

namespace DataGen.Tasks.Curation;

/// <summary>What people made of the records of a task: laid over what was generated, which stays as it is.</summary>
/// <param name="ByIndex">The records that somebody has touched, by index.</param>
/// <param name="Version">Equal versions are equal records; 0: there are none.</param>
[GenerateSerializer, Immutable]
internal sealed record CuratedRecords(
    [property: Id(0)] IReadOnlyDictionary<int, CuratedRecord> ByIndex,
    [property: Id(1)] ulong Version
)
{
    /// <summary>The most records of a task that can be touched.</summary>
    public const int Most = 10_000;

    /// <summary>The most characters that they can have together: they travel whole.</summary>
    public const int MostCharacters = 8_000_000;

    /// <summary>No record was touched.</summary>
    public static CuratedRecords None { get; } = new(new Dictionary<int, CuratedRecord>(), 0);

    /// <summary>These records.</summary>
    public static CuratedRecords Of(IReadOnlyDictionary<int, CuratedRecord> byIndex)
    {
        var hash = new XxHash3();
        foreach (var (index, record) in byIndex.OrderBy(record => record.Key))
        {
            hash.Append(Encoding.UTF8.GetBytes($"{index} {record.Change} {record.Liked} {record.Data}\n"));
        }

        return byIndex.Count == 0 ? None : new(byIndex, Math.Max(1, hash.GetCurrentHashAsUInt64()));
    }

    /// <summary>What was made of a record.</summary>
    public CuratedRecord this[int index] => ByIndex.GetValueOrDefault(index) ?? CuratedRecord.Untouched;
}
