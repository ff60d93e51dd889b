namespace DataGen.Tests.ServiceDefaults;

/// <summary>Some replicas.</summary>
internal sealed class Peers : IAsyncDisposable
{
    private Peers(FakePeer[] all) => All = all;

    public FakePeer[] All { get; }

    public string[] Addresses => [.. All.Select(peer => peer.Address)];

    public static async Task<Peers> StartAsync(int count) =>
        new(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => FakePeer.StartAsync())));

    public void Reset()
    {
        foreach (var peer in All)
        {
            peer.ResetCalls();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in All)
        {
            await peer.DisposeAsync();
        }
    }
}
