using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataGen.Ratio1.CStore;

/// <summary>Reports whether the store answers. When it does not, the service is degraded, not unhealthy: it stays up
/// and continues when the store is back.</summary>
internal sealed class CStoreHealthCheck(ICStore store, TimeProvider time) : IHealthCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "cstore";

    /// <summary>How long the store may take to answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await store.PingAsync(both.Token);
            return HealthCheckResult.Healthy();
        }
        catch (CStoreException exception)
        {
            return HealthCheckResult.Degraded(exception.Message, exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded($"CStore did not answer within {Patience.TotalSeconds:0} s.");
        }
    }
}
