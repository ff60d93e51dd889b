using Microsoft.Extensions.Hosting;

namespace DataGen.Standalone;

/// <summary>A service among several in one process: the process listens for signals, not each service for
/// itself.</summary>
internal sealed class StandaloneLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
