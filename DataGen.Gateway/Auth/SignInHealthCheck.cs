using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataGen.Gateway.Auth;

/// <summary>Healthy as soon as users can sign in. It stays healthy when CStore fails later, because the Gateway then
/// answers 503 with a reason, which is more useful than no Gateway.</summary>
internal sealed class SignInHealthCheck(AdminBootstrap bootstrap) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            bootstrap.IsReady
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("CStore has not answered yet.")
        );
}
