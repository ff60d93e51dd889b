namespace DataGen.Tasks.Settings;

/// <summary>The settings of Tasks.</summary>
/// <param name="MaxRecordsPerTask">Upper bound of <c>count</c> (<c>DATAGEN_MAX_RECORDS_PER_JOB</c>).</param>
/// <param name="TasksPerMinute">Tasks a user may create in a minute (<c>DATAGEN_TASKS_PER_MINUTE</c>).</param>
/// <param name="RecordsPerShard">A task of more records is cut into shards of at most so many
/// (<c>DATAGEN_RECORDS_PER_SHARD</c>).</param>
internal sealed record TasksOptions(int MaxRecordsPerTask, int TasksPerMinute, int RecordsPerShard);
