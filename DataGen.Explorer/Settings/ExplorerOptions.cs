using System.ComponentModel.DataAnnotations;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Explorer.Settings;

/// <summary>The settings of Explorer.</summary>
internal sealed partial record ExplorerOptions
{
    /// <summary>The memory for one dataset's file, in MiB. It is enough for a million records: a sort or a grouping
    /// that needs more goes to disk.</summary>
    public const int MemoryOfOne = 128;

    /// <summary>The memory for all open datasets together, in MiB, which bounds how many are open at a time.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_MEMORY_MB")]
    [Range(MemoryOfOne, 1_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MemoryMegabytes { get; init; } = 3 * MemoryOfOne;

    /// <summary>The disk space for all datasets together, in MiB. The dataset in use may take more.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_DISK_MB")]
    [Range(1, 100_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int DiskMegabytes { get; init; } = 4096;

    /// <summary>How long a question in SQL may take, in seconds; 0 switches SQL off.</summary>
    [ConfigurationKeyName("DATAGEN_EXPLORER_QUERY_SECONDS")]
    [Range(0, 120, ErrorMessage = InvalidSetting.WholeNumber)]
    public int QuerySeconds { get; init; } = 10;

    /// <summary>How many datasets are open at a time.</summary>
    public int MostOpen => MemoryMegabytes / MemoryOfOne;

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<ExplorerOptions>;
}
