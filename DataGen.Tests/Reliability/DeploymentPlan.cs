namespace DataGen.Tests.Reliability;

/// <summary>What a deployment is made of.</summary>
internal sealed record DeploymentPlan
{
    public int Tasks { get; init; } = 1;

    public int Runners { get; init; } = 1;

    /// <summary>Whether there is a Redis, which makes one cluster of the Tasks processes.</summary>
    public bool HasRedis { get; init; }

    /// <summary>Whether records go to R1FS.</summary>
    public bool HasR1fs { get; init; }

    /// <summary>Whether the calls to the model pass through a proxy that records which record each one is
    /// for.</summary>
    public bool RecordsCalls { get; init; }

    /// <summary>How long the model takes for a record.</summary>
    public int LatencyMs { get; init; } = 100;

    /// <summary>Calls in flight per Runner.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>The deadline of one attempt.</summary>
    public int AttemptSeconds { get; init; } = 120;

    /// <summary>Attempts per record.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>A task of more records is cut into shards of so many at most.</summary>
    public int RecordsPerShard { get; init; } = 10_000;

    /// <summary>The most records of a task.</summary>
    public int MaxRecords { get; init; } = 100_000;

    /// <summary>A checkout of an earlier version, built; null: there is none.</summary>
    public string? Earlier { get; init; }

    /// <summary>How many of the Tasks processes are of the earlier version: the last ones.</summary>
    public int EarlierTasks { get; init; }

    /// <summary>How many of the Runners are of the earlier version: the last ones.</summary>
    public int EarlierRunners { get; init; }

    /// <summary>What every service is told beside what it needs.</summary>
    public IReadOnlyList<(string Name, string? Value)> Settings { get; init; } = [];
}
