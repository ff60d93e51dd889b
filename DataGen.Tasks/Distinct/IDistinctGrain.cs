using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Distinct;

/// <summary>
/// Makes sure that the records of one task differ where they have to; its key is the task's id. It stores nothing of
/// its own, but learns the keys from the stored records.
/// </summary>
internal interface IDistinctGrain : IGrainWithStringKey
{
    /// <summary>Claims the keys of records before they are stored. A record that claims again gives up its earlier
    /// keys, so a call may be repeated.</summary>
    /// <param name="task">The task.</param>
    /// <param name="claims">Records that are about to be stored.</param>
    /// <returns>The records that repeat another one. They have no keys and must not be stored.</returns>
    /// <exception cref="StoreUnavailableException">The stored records could not be read.</exception>
    Task<Repeat[]> ClaimAsync(TaskDefinition task, Claim[] claims);

    /// <summary>Checks that the stored records really differ. A grain that lived twice for a moment, or that started
    /// again while records were on their way to the store, may have let a repeat through. Reads the records only where
    /// the claims do not answer this.</summary>
    /// <param name="task">The task.</param>
    /// <param name="good">How many good records are stored.</param>
    /// <returns>The records that have to be made again; their keys are released.</returns>
    /// <exception cref="StoreUnavailableException">The stored records could not be read.</exception>
    Task<Repeat[]> CheckAsync(TaskDefinition task, int good);
}
