namespace DataGen.Mock.Faults;

/// <summary>What R1FS can do to its callers.</summary>
internal sealed class R1fsFaults : FaultSection
{
    public R1fsFaults(TimeProvider clock)
        : base("r1fs", clock)
    {
        Down = DownChoice();
        Serialised = Flag("serialised");
        WriteLatencyMs = Milliseconds("writeLatencyMs");
        ReadLatencyMs = Milliseconds("readLatencyMs");
        CidNull = Rate("cidNull");
        NotFound = Rate("notFound");
        ErrorRate = Rate("errorRate");
        DiskFull = Rate("diskFull");
    }

    public Fault<string> Down { get; }

    public Fault<bool> Serialised { get; }

    public Fault<double> WriteLatencyMs { get; }

    public Fault<double> ReadLatencyMs { get; }

    /// <summary>An add answers 200 with <c>cid: null</c> and keeps nothing.</summary>
    public Fault<double> CidNull { get; }

    /// <summary>A file that is there is not found.</summary>
    public Fault<double> NotFound { get; }

    public Fault<double> ErrorRate { get; }

    public Fault<double> DiskFull { get; }
}
