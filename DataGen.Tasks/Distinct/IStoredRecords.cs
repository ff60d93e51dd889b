using DataGen.Tasks.Model;

namespace DataGen.Tasks.Distinct;

/// <summary>The records that a new one must not repeat.</summary>
internal interface IStoredRecords
{
    /// <summary>The good records that are stored of a task, in index order; none when there is no such task.</summary>
    /// <exception cref="InvalidDataException">One that counts as good is not to be found; a replica may lag
    /// behind.</exception>
    IAsyncEnumerable<StoredRecord> GoodByIndexAsync(string taskId, CancellationToken cancellationToken);
}
