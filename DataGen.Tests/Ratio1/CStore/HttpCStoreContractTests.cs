using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The HTTP client on a node with the full envelope.</summary>
public sealed class HttpCStoreContractTests : CStoreContractTests, IAsyncLifetime
{
    private FakeNode? _node;

    public async ValueTask InitializeAsync() => _node = await FakeNode.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync() => await _node!.DisposeAsync();

    protected override Task<ICStore> StoreAsync() => Task.FromResult<ICStore>(_node!.Client());
}
