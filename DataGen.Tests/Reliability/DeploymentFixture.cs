namespace DataGen.Tests.Reliability;

/// <summary>A deployment that the scenarios of a class share, one after the other. A scenario that fails ends
/// it.</summary>
public abstract class DeploymentFixture : IAsyncDisposable
{
    private readonly DeploymentPlan plan;
    private Deployment? deployment;

    private protected DeploymentFixture(DeploymentPlan plan) => this.plan = plan;

    public async ValueTask DisposeAsync()
    {
        if (deployment is not null)
        {
            await deployment.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The deployment, running.</summary>
    internal async Task<Deployment> OpenAsync() =>
        deployment ??= await Deployment.StartAsync(plan, TestContext.Current.CancellationToken);

    /// <summary>Ends it and keeps what its processes have printed.</summary>
    internal async Task DiscardAsync()
    {
        if (deployment is { } broken)
        {
            deployment = null;
            TestContext.Current.TestOutputHelper?.WriteLine(broken.SaveLogs());
            await broken.DisposeAsync();
        }
    }
}
