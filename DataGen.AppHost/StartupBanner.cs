using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DataGen.AppHost;

/// <summary>Reports the start on the console: where the dashboard is, which resource did not come up and why, and, when
/// the app can be used, its address, the user and where the password is.</summary>
internal sealed class StartupBanner(
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    IConfiguration configuration,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    // The exit code of a service with a bad setting (EX_CONFIG of sysexits.h).
    private const int BadSetting = 78;

    private const string DashboardName = "aspire-dashboard";

    private string Dashboard => $"{configuration["ASPNETCORE_URLS"]}/login?t={configuration["AppHost:BrowserToken"]}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // It is stopped last: until then it would tell of every resource that the stop has ended.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken,
            lifetime.ApplicationStopping
        );
        var starting = model.Resources.OfType<ProjectResource>().Select(resource => resource.Name).ToHashSet();
        var told = new HashSet<string>();
        await foreach (var change in notifications.WatchAsync(stopping.Token))
        {
            var state = change.Snapshot.State?.Text;
            if (KnownResourceStates.TerminalStates.Contains(state) && told.Add(change.ResourceId))
            {
                await TellEndAsync(change, stopping.Token);
            }
            else if (change.Snapshot.HealthStatus is HealthStatus.Healthy && starting.Remove(change.Resource.Name))
            {
                if (starting.Count == 0)
                {
                    TellAddresses();
                    return;
                }
            }
            else if (
                change.Resource.Name == DashboardName
                && state == KnownResourceStates.Running
                && told.Add(change.ResourceId)
            )
            {
                Console.WriteLine($"DataGen starts; its dashboard: {Dashboard}");
            }
        }
    }

    private async Task TellEndAsync(ResourceEvent end, CancellationToken cancellationToken)
    {
        // A service that cannot start says why in one line of standard error. Each line begins with its time; those of
        // a stack trace are indented.
        var reason = "the dashboard may say why";
        await foreach (var lines in logs.GetAllAsync(end.ResourceId).WithCancellation(cancellationToken))
        {
            reason =
                lines
                    .Where(line => line.IsErrorMessage)
                    .Select(line => line.Content.Split(' ', 2).Last())
                    .LastOrDefault(text => text.Length > 0 && !char.IsWhiteSpace(text[0]))
                ?? reason;
        }

        var code = end.Snapshot.ExitCode is { } exitCode ? $" (exit code {exitCode})" : "";
        await Console.Error.WriteLineAsync($"{end.Resource.Name} did not start{code}: {reason}");
        if (end.Snapshot.ExitCode == BadSetting)
        {
            Environment.ExitCode = BadSetting;
            lifetime.StopApplication();
        }
    }

    private void TellAddresses()
    {
        var gateway = model.Resources.OfType<ProjectResource>().Single(resource => resource.Name == "gateway");
        var took = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds;
        Console.WriteLine(
            $"""

              DataGen is up after {took.ToString("0.0", CultureInfo.InvariantCulture)} s:  {gateway.GetEndpoint(
                "http"
            ).Url}
                user:       admin
                password:   in the dashboard under Parameters, or the setting {Settings.AdminPassword}
                dashboard:  {Dashboard}
                Ctrl-C stops it; what was made stays.

            """
        );
    }
}
