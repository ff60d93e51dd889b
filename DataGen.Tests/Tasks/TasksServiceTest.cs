namespace DataGen.Tests.Tasks;

/// <summary>A tasks service on a store in memory and a Runner whose answers the test decides.</summary>
public abstract class TasksServiceTest : IAsyncLifetime
{
    internal MemoryStore Store { get; } = new();

    internal FakeRunner Runner { get; private set; } = null!;

    internal TasksHost Host { get; private set; } = null!;

    /// <summary>Settings of the tasks service.</summary>
    protected virtual (string Name, string Value)[] Settings => [];

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Runner = await FakeRunner.StartAsync(Cancelled);
        Host = await TasksHost.StartAsync(Store, Runner.Address, Cancelled, Settings);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Runner.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
