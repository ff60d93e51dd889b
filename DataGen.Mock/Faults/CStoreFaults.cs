namespace DataGen.Mock.Faults;

/// <summary>What a CStore node can do to its callers.</summary>
internal sealed class CStoreFaults : FaultSection
{
    public CStoreFaults(TimeProvider clock)
        : base("cstore", clock)
    {
        Down = DownChoice();
        Serialised = Flag("serialised");
        WriteLatencyMs = Milliseconds("writeLatencyMs");
        ReadLatencyMs = Milliseconds("readLatencyMs");
        FalseKept = Rate("falseKept");
        FalseDropped = Rate("falseDropped");
        ErrorRate = Rate("errorRate");
        ErrorStatus = Choice("errorStatus", "500", "504");
        ErrorIn200 = Rate("errorIn200");
        DiskFull = Rate("diskFull");
        HsyncFails = Rate("hsyncFails");
        StaleReplica = Flag("staleReplica");
        ReadFromReplica = Flag("readFromReplica");
        NullDeletes = Flag("nullDeletes", start: true);
        Bare = Flag("bare");
    }

    public Fault<string> Down { get; }

    /// <summary>One call at a time, as a node's plugin loop works: a slow write stalls every other call.</summary>
    public Fault<bool> Serialised { get; }

    public Fault<double> WriteLatencyMs { get; }

    public Fault<double> ReadLatencyMs { get; }

    /// <summary><c>result: false</c> although the value was written: the confirmation timed out.</summary>
    public Fault<double> FalseKept { get; }

    /// <summary><c>result: false</c> and nothing written: no target peer was online.</summary>
    public Fault<double> FalseDropped { get; }

    public Fault<double> ErrorRate { get; }

    /// <summary>500: the plugin raised, nothing was written. 504: it did not answer in time, a write was
    /// made.</summary>
    public Fault<string> ErrorStatus { get; }

    /// <summary>HTTP 200 with <c>result.error</c>, as nodes before 2026-01-21 reported exceptions.</summary>
    public Fault<double> ErrorIn200 { get; }

    public Fault<double> DiskFull { get; }

    public Fault<double> HsyncFails { get; }

    /// <summary>Writes stay on the node they are made at (the root, or <c>/replica</c>) until <c>/hsync</c> fetches
    /// them.</summary>
    public Fault<bool> StaleReplica { get; }

    /// <summary>Reads at the root answer what the node behind <c>/replica</c> holds.</summary>
    public Fault<bool> ReadFromReplica { get; }

    /// <summary>Off: a null value is stored, as nodes before 2026-02-24 did.</summary>
    public Fault<bool> NullDeletes { get; }

    /// <summary>Answers are <c>{"result": …}</c> without the node's metadata, as Ratio1's sandbox gives them.</summary>
    public Fault<bool> Bare { get; }
}
