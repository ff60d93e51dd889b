using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataGen.Runner.Draining;

/// <summary>Reports unhealthy as soon as the Runner takes no new streams.</summary>
internal sealed class DrainHealthCheck(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            drain.Begun.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("The Runner is stopping.")
                : HealthCheckResult.Healthy()
        );
}
