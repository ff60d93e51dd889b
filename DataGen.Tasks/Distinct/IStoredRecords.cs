using DataGen.Tasks.Model;

namespace DataGen.Tasks.Distinct;

/// <summary>The records that a new one must not repeat.</summary>
internal interface IStoredRecords
{
    /// <summary>The good records of a task in index order; none when there is no such task.</summary>
    /// <exception cref="InvalidDataException">A record that counts as good is not found; a replica may lag
    /// behind.</exception>
    IAsyncEnumerable<StoredRecord> GoodByIndexAsync(string taskId, CancellationToken cancellationToken);
}
