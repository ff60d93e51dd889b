using DataGen.Tasks.Failures;

namespace DataGen.Tasks.Curation;

/// <summary>Keeps the changes that people made to the records of one task; its key is the task's id.</summary>
internal interface ICurationGrain : IGrainWithStringKey
{
    /// <summary>All changes.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<CuratedRecords> GetAsync();

    /// <summary>Stores a change of one record.</summary>
    /// <param name="index">The record's index.</param>
    /// <param name="change">What takes the record's place; null: as it was.</param>
    /// <param name="data">The new record, where one takes its place.</param>
    /// <param name="liked">Whether it is an example of what is wanted; null: as it was.</param>
    /// <param name="expected">The state that the caller has seen: if the state has changed since, nothing is stored.
    /// Null: any state.</param>
    /// <returns>The outcome, and the record's whole state after it.</returns>
    /// <exception cref="StoreUnavailableException">The store did not confirm the write. Only the next read tells
    /// whether it was stored.</exception>
    Task<(CurationOutcome Outcome, CuratedRecord Record)> SetAsync(
        int index,
        RecordChange? change,
        string? data,
        bool? liked,
        CuratedRecord? expected
    );

    /// <summary>Removes all changes for good; later changes are refused.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; the call may be repeated.</exception>
    Task RemoveAsync();
}
