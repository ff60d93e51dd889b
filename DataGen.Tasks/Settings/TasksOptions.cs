using System.ComponentModel.DataAnnotations;
using DataGen.ServiceDefaults.Settings;
using DataGen.Tasks.Model;
using Microsoft.Extensions.Options;

namespace DataGen.Tasks.Settings;

/// <summary>The settings of Tasks.</summary>
internal sealed partial record TasksOptions
{
    /// <summary>Upper bound of <c>count</c>.</summary>
    [ConfigurationKeyName("DATAGEN_MAX_RECORDS_PER_JOB")]
    [Range(1, 10_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MaxRecordsPerTask { get; init; } = 200;

    /// <summary>Tasks a user may create in a minute.</summary>
    [ConfigurationKeyName("DATAGEN_TASKS_PER_MINUTE"), Range(1, 100_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int TasksPerMinute { get; init; } = 30;

    /// <summary>Most records of one shard; a task of more records has several shards.</summary>
    [ConfigurationKeyName("DATAGEN_RECORDS_PER_SHARD")]
    [Range(CellCounts.LargestTaskWithout, 1_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int RecordsPerShard { get; init; } = 10_000;

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<TasksOptions>;
}
