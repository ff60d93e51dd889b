using DataGen.Ratio1.CStore;
using DataGen.Tests.Mock;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The HTTP client on DataGen.Mock, which keeps its data in a database and answers as a node does.</summary>
public sealed class MockCStoreContractTests : CStoreContractTests, IAsyncLifetime
{
    private RunningMock? mock;

    public async ValueTask InitializeAsync() => mock = await RunningMock.StartAsync();

    public async ValueTask DisposeAsync() => await mock!.DisposeAsync();

    protected override Task<ICStore> StoreAsync() =>
        Task.FromResult<ICStore>(
            new HttpCStore(
                mock!.Http,
                new CStoreOptions { Address = mock.Http.BaseAddress!, Peers = ["0xai_P1"] },
                TimeProvider.System,
                NullLogger<HttpCStore>.Instance
            )
        );
}
