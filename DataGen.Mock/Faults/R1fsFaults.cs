namespace DataGen.Mock.Faults;

/// <summary>What R1FS can do to its callers.</summary>
internal sealed class R1fsFaults(FaultSection section)
{
    public Fault<string> Down { get; } = section.Down();

    public Fault<bool> Serialised { get; } = section.Flag("serialised");

    public Fault<double> WriteLatencyMs { get; } = section.Milliseconds("writeLatencyMs");

    public Fault<double> ReadLatencyMs { get; } = section.Milliseconds("readLatencyMs");

    /// <summary>An add answers 200 with <c>cid: null</c> and keeps nothing.</summary>
    public Fault<double> CidNull { get; } = section.Rate("cidNull");

    /// <summary>A file that is there is not found.</summary>
    public Fault<double> NotFound { get; } = section.Rate("notFound");

    public Fault<double> ErrorRate { get; } = section.Rate("errorRate");

    public Fault<double> DiskFull { get; } = section.Rate("diskFull");
}
