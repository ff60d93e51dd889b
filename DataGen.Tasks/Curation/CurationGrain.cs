using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Curation;

internal sealed class CurationGrain(TaskStore store) : Grain, ICurationGrain
{
    private CuratedRecords? records;

    private string TaskId => this.GetPrimaryKeyString();

    public async Task<CuratedRecords> GetAsync() =>
        records ??= CuratedRecords.Of(await store.ReadCurationAsync(TaskId, CancellationToken.None));

    public async Task<CuratedRecord?> SetAsync(int index, RecordChange? change, string? data, bool? liked)
    {
        var all = await GetAsync();
        var before = all[index];
        var after = change is { } to
            ? new CuratedRecord(to, data, liked ?? before.Liked)
            : before with
            {
                Liked = liked ?? before.Liked,
            };
        if (after == before)
        {
            return after;
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
            return null;
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
        return after;
    }
}
