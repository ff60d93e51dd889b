namespace DataGen.Mock.Statistics;

/// <summary>What the mock has been asked to do since it started or was last reset.</summary>
internal sealed class MockStatistics
{
    public InferenceStatistics Inference { get; } = new();

    public CStoreStatistics CStore { get; } = new();

    public R1fsStatistics R1fs { get; } = new();

    public void Reset()
    {
        Inference.Reset();
        CStore.Reset();
        R1fs.Reset();
    }
}
