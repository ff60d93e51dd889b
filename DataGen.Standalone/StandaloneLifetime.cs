using Microsoft.Extensions.Hosting;

namespace DataGen.Standalone;

/// <summary>The lifetime of a service among several in one process: the process handles signals, not each
/// service.</summary>
internal sealed class StandaloneLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
