using System.ComponentModel.DataAnnotations;
using DataGen.ServiceDefaults.Settings;
using DataGen.Tasks.Budgets;
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

    /// <summary>The most records of one shard; a larger task has several shards.</summary>
    [ConfigurationKeyName("DATAGEN_RECORDS_PER_SHARD")]
    [Range(CellCounts.LargestTaskWithout, 1_000_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int RecordsPerShard { get; init; } = 10_000;

    /// <summary>What a million tokens of prompts cost.</summary>
    [ConfigurationKeyName("DATAGEN_PRICE_INPUT_PER_MTOK"), Range(0, 1_000_000, ErrorMessage = InvalidSetting.Number)]
    public decimal? InputPrice { get; init; }

    /// <summary>What a million tokens of answers cost.</summary>
    [ConfigurationKeyName("DATAGEN_PRICE_OUTPUT_PER_MTOK"), Range(0, 1_000_000, ErrorMessage = InvalidSetting.Number)]
    public decimal? OutputPrice { get; init; }

    /// <summary>The prices of tokens.</summary>
    public Prices Prices => new(InputPrice, OutputPrice);

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<TasksOptions>;
}
