namespace DataGen.Mock.Faults;

/// <summary>What a CStore node can do to its callers.</summary>
internal sealed class CStoreFaults(FaultSection section)
{
    public Fault<string> Down { get; } = section.Down();

    /// <summary>One call at a time, as a node's plugin loop works: a slow write stalls every other call.</summary>
    public Fault<bool> Serialised { get; } = section.Flag("serialised");

    public Fault<double> WriteLatencyMs { get; } = section.Milliseconds("writeLatencyMs");

    public Fault<double> ReadLatencyMs { get; } = section.Milliseconds("readLatencyMs");

    /// <summary><c>result: false</c> although the value was written: the confirmation timed out.</summary>
    public Fault<double> FalseKept { get; } = section.Rate("falseKept");

    /// <summary><c>result: false</c> and nothing written: no target peer was online.</summary>
    public Fault<double> FalseDropped { get; } = section.Rate("falseDropped");

    public Fault<double> ErrorRate { get; } = section.Rate("errorRate");

    /// <summary>500: the plugin raised, nothing was written. 504: it did not answer in time, a write was
    /// made.</summary>
    public Fault<string> ErrorStatus { get; } = section.Choice("errorStatus", "500", "504");

    /// <summary>HTTP 200 with <c>result.error</c>, as nodes before 2026-01-21 reported exceptions.</summary>
    public Fault<double> ErrorIn200 { get; } = section.Rate("errorIn200");

    public Fault<double> DiskFull { get; } = section.Rate("diskFull");

    public Fault<double> HsyncFails { get; } = section.Rate("hsyncFails");

    /// <summary>Writes stay on the node they are made at (the root, or <c>/replica</c>) until <c>/hsync</c> fetches
    /// them.</summary>
    public Fault<bool> StaleReplica { get; } = section.Flag("staleReplica");

    /// <summary>Reads at the root answer what the node behind <c>/replica</c> holds.</summary>
    public Fault<bool> ReadFromReplica { get; } = section.Flag("readFromReplica");

    /// <summary>Off: a null value is stored, as nodes before 2026-02-24 did.</summary>
    public Fault<bool> NullDeletes { get; } = section.Flag("nullDeletes", start: true);

    /// <summary>Answers are <c>{"result": …}</c> without the node's metadata, as Ratio1's sandbox gives them.</summary>
    public Fault<bool> Bare { get; } = section.Flag("bare");
}
