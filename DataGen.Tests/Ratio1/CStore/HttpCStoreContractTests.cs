using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The HTTP client on a node with the full envelope.</summary>
public sealed class HttpCStoreContractTests : CStoreContractTests, IAsyncLifetime
{
    private FakeNode? node;

    public async ValueTask InitializeAsync() => node = await FakeNode.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await node!.DisposeAsync();

    protected override Task<ICStore> StoreAsync() => Task.FromResult<ICStore>(node!.Client());
}
