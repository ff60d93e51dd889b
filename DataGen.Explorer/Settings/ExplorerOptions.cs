using System.ComponentModel.DataAnnotations;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Explorer.Settings;

/// <summary>The settings of Explorer.</summary>
internal sealed partial record ExplorerOptions
{
    /// <summary>What one dataset's file may keep in memory, in MiB. Enough for a million records: what needs more (a sort, a
    /// grouping) goes to disk.</summary>
    public const int MemoryOfOne = 128;

    /// <summary>What the files of datasets may keep in memory together, in MiB: so many are open at a time as fit.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_MEMORY_MB")]
    [Range(MemoryOfOne, 1_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MemoryMegabytes { get; init; } = 3 * MemoryOfOne;

    /// <summary>What the files of datasets may take on disk together, in MiB. The one in use may take more.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_DISK_MB")]
    [Range(1, 100_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int DiskMegabytes { get; init; } = 4096;

    /// <summary>How long a question in SQL may take, in seconds; 0: nobody may ask in SQL.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_QUERY_SECONDS")]
    [Range(0, 120, ErrorMessage = InvalidSetting.WholeNumber)]
    public int QuerySeconds { get; init; } = 10;

    /// <summary>How many datasets are open at a time.</summary>
    public int MostOpen => MemoryMegabytes / MemoryOfOne;

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<ExplorerOptions>;
}
