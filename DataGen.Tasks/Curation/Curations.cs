using DataGen.Tasks.Model;

namespace DataGen.Tasks.Curation;

/// <summary>Reads the changes that people made to a task's records.</summary>
internal static class Curations
{
    /// <summary>The changes of a task. No grain is called for a task that has none.</summary>
    /// <exception cref="Failures.StoreUnavailableException">The store cannot be read.</exception>
    public static Task<CuratedRecords> CurationAsync(this IGrainFactory grains, TaskDefinition task) =>
        task.IsCurated ? grains.GetGrain<ICurationGrain>(task.Id).GetAsync() : Task.FromResult(CuratedRecords.None);
}
