using DataGen.Tasks.Model;

namespace DataGen.Tasks.Curation;

/// <summary>Asks for what people made of a task's records.</summary>
internal static class Curations
{
    /// <summary>It; a task that nobody has touched costs no call.</summary>
    /// <exception cref="Failures.StoreUnavailableException">The store cannot be read.</exception>
    public static Task<CuratedRecords> CurationAsync(this IGrainFactory grains, TaskDefinition task) =>
        task.IsCurated ? grains.GetGrain<ICurationGrain>(task.Id).GetAsync() : Task.FromResult(CuratedRecords.None);
}
