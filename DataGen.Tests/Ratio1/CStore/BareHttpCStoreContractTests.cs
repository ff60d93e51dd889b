using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The HTTP client on a node that answers with nothing but the result, as Ratio1's sandbox does.</summary>
public sealed class BareHttpCStoreContractTests : CStoreContractTests, IAsyncLifetime
{
    private FakeNode? node;

    public async ValueTask InitializeAsync() =>
        node = await FakeNode.StartAsync(TestContext.Current.CancellationToken, bare: true);

    public async ValueTask DisposeAsync() => await node!.DisposeAsync();

    protected override Task<ICStore> StoreAsync() => Task.FromResult<ICStore>(node!.Client());
}
