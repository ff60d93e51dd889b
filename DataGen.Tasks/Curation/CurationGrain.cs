using System.Globalization;
using DataGen.Tasks.Storage;

namespace DataGen.Tasks.Curation;

internal sealed class CurationGrain(JsonStore store) : Grain, ICurationGrain
{
    private CuratedRecords? records;

    // A write after the task's deletion would stay in the store for ever, so it is refused.
    private bool isGone;

    private string Key => CStoreKeys.Curation(this.GetPrimaryKeyString());

    public async Task<CuratedRecords> GetAsync() => records ??= CuratedRecords.Of(await ReadAsync());

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

        // Until the store confirms the write, it is not known what is stored; the next call reads it.
        records = null;
        await WriteAsync(index, after);
        records = CuratedRecords.Of(next);
        return (CurationOutcome.Stored, after);
    }

    public async Task RemoveAsync()
    {
        isGone = true;
        foreach (var index in (await ReadAsync()).Keys)
        {
            await WriteAsync(index, CuratedRecord.Untouched);
        }

        records = CuratedRecords.None;
    }

    private async Task<Dictionary<int, CuratedRecord>> ReadAsync()
    {
        var fields = await store.ReadFieldsAsync(
            Key,
            CurationJsonContext.Default.CuratedRecord,
            CancellationToken.None
        );
        return fields
            .Where(field => int.TryParse(field.Key, CultureInfo.InvariantCulture, out var index) && index >= 0)
            .ToDictionary(field => int.Parse(field.Key, CultureInfo.InvariantCulture), field => field.Value);
    }

    private Task WriteAsync(int index, CuratedRecord record)
    {
        var field = index.ToString(CultureInfo.InvariantCulture);
        return record == CuratedRecord.Untouched
            ? store.RemoveFieldAsync(Key, field, CancellationToken.None)
            : store.WriteFieldAsync(
                Key,
                field,
                record,
                CurationJsonContext.Default.CuratedRecord,
                CancellationToken.None
            );
    }
}
