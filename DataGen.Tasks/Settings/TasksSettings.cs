using DataGen.ServiceDefaults.Settings;
using DataGen.Tasks.Model;

namespace DataGen.Tasks.Settings;

/// <summary>Reads the settings of Tasks by their public names.</summary>
internal static class TasksSettings
{
    public static IHostApplicationBuilder AddTasksSettings(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(
            new TasksOptions(
                builder.Configuration.WholeNumber("DATAGEN_MAX_RECORDS_PER_JOB", 200, 1, 10_000_000),
                builder.Configuration.WholeNumber("DATAGEN_TASKS_PER_MINUTE", 30, 1, 100_000),
                builder.Configuration.WholeNumber(
                    "DATAGEN_RECORDS_PER_SHARD",
                    10_000,
                    CellCounts.LargestTaskWithout,
                    1_000_000
                )
            )
        );
        return builder;
    }
}
