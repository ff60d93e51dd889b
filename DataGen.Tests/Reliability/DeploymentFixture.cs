namespace DataGen.Tests.Reliability;

/// <summary>A deployment that the tests of a class share, one after the other.</summary>
public abstract class DeploymentFixture : IAsyncLifetime
{
    private readonly DeploymentPlan plan;

    private protected DeploymentFixture(DeploymentPlan plan) => this.plan = plan;

    internal Deployment Deployment { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Deployment = await Deployment.StartAsync(plan, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Deployment is not null)
        {
            await Deployment.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
