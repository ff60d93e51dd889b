namespace DataGen.Mock.Faults;

/// <summary>Every switch of the mock.</summary>
internal sealed class MockFaults
{
    public MockFaults(TimeProvider clock)
    {
        Inference = new InferenceFaults(clock);
        CStore = new CStoreFaults(clock);
        R1fs = new R1fsFaults(clock);
        Sections = [Inference, CStore, R1fs];
        All = [.. Sections.SelectMany(section => section.Faults)];
    }

    public InferenceFaults Inference { get; }

    public CStoreFaults CStore { get; }

    public R1fsFaults R1fs { get; }

    public IReadOnlyList<FaultSection> Sections { get; }

    public IReadOnlyList<Fault> All { get; }
}
