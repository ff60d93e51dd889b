using DataGen.Tasks.Failures;

namespace DataGen.Tasks.Curation;

/// <summary>Keeps what people made of the records of one task; its key is the task's id.</summary>
internal interface ICurationGrain : IGrainWithStringKey
{
    /// <summary>All of it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    Task<CuratedRecords> GetAsync();

    /// <summary>Stores what was made of a record.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="change">What takes its place; null: what did.</param>
    /// <param name="data">The record that does.</param>
    /// <param name="liked">Whether it is an example of what is wanted; null: as it was.</param>
    /// <param name="expected">What had been made of it when the change was thought of; null: whatever it was.</param>
    /// <returns>How that ended, and what was made of it in all.</returns>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; whether it is stored is known when it is
    /// read again.</exception>
    Task<(CurationOutcome Outcome, CuratedRecord Record)> SetAsync(
        int index,
        RecordChange? change,
        string? data,
        bool? liked,
        CuratedRecord? expected
    );

    /// <summary>Removes all of it for good: no more is taken.</summary>
    /// <exception cref="StoreUnavailableException">The store did not confirm it; it may be repeated.</exception>
    Task RemoveAsync();
}
