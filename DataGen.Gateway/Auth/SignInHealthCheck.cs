using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DataGen.Gateway.Auth;

/// <summary>Healthy once users can sign in. The Gateway stays so when CStore goes away later: it then answers 503
/// itself, which says more than no Gateway.</summary>
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
