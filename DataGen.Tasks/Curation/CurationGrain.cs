using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Curation;

internal sealed class CurationGrain(TaskStore store) : Grain, ICurationGrain
{
    private CuratedRecords? records;

    // What comes late would be left in the store for ever.
    private bool isGone;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<CuratedRecords> GetAsync() =>
        records ??= CuratedRecords.Of(await store.ReadCurationAsync(TaskId, CancellationToken.None));

    public async Task<(CurationOutcome Outcome, CuratedRecord Record)> SetAsync(
        int index,
        RecordChange? change,
        string? data,
        bool? liked,
        CuratedRecord? expected
    )
    {
        var all = await GetAsync();
        var before = all[index];
        if (isGone || (expected is not null && before != expected))
        {
            return (isGone ? CurationOutcome.Gone : CurationOutcome.Changed, before);
        }

        var after = change is { } to
            ? new CuratedRecord(to, data, liked ?? before.Liked)
            : before with
            {
                Liked = liked ?? before.Liked,
            };
        if (after == before)
        {
            return (CurationOutcome.Stored, after);
        }

        var next = new Dictionary<int, CuratedRecord>(all.ByIndex) { [index] = after };
        if (after == CuratedRecord.Untouched)
        {
            next.Remove(index);
        }
        else if (
            next.Count > CuratedRecords.Most
            || next.Values.Sum(record => (long)(record.Data?.Length ?? 0)) > CuratedRecords.MostCharacters
        )
        {
            return (CurationOutcome.Full, before);
        }

        // Until the store has confirmed it, nobody knows.
        records = null;
        await store.WriteCurationAsync(
            TaskId,
            index,
            after == CuratedRecord.Untouched ? null : after,
            CancellationToken.None
        );
        records = CuratedRecords.Of(next);
        return (CurationOutcome.Stored, after);
    }

    public async Task RemoveAsync()
    {
        isGone = true;
        foreach (var index in (await store.ReadCurationAsync(TaskId, CancellationToken.None)).Keys)
        {
            await store.WriteCurationAsync(TaskId, index, null, CancellationToken.None);
        }

        records = CuratedRecords.None;
    }
}
