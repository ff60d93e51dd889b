using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Distinct;

/// <summary>
/// Keeps the records of one task apart in what has to differ; its key is the task's id. What it knows it has from the
/// stored records: nothing of its own is stored.
/// </summary>
internal interface IDistinctGrain : IGrainWithStringKey
{
    /// <summary>Gives records their keys before they are stored. A record that claims again gives up what it had, so that a
    /// claim may be repeated.</summary>
    /// <param name="task">The task.</param>
    /// <param name="claims">Records that are about to be stored.</param>
    /// <returns>Those that repeat another; they have no keys, and are not to be stored.</returns>
    /// <exception cref="StoreUnavailableException">What is stored could not be read.</exception>
    Task<Repeat[]> ClaimAsync(TaskDefinition task, Claim[] claims);

    /// <summary>Whether the stored records differ after all: a grain that lived twice for a moment, or began again while
    /// records were on their way to the store, may have let one through. Reads them only where the claims do not
    /// answer it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="good">How many good records are stored.</param>
    /// <returns>Those to be made again; they have no keys any more.</returns>
    /// <exception cref="StoreUnavailableException">What is stored could not be read.</exception>
    Task<Repeat[]> CheckAsync(TaskDefinition task, int good);
}
