using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.AppHost;

/// <summary>What the console says once the app can be used: where to go, as whom, and where the password is.</summary>
internal static class StartupBanner
{
    /// <summary>Prints it when the Gateway is healthy, and so are the services behind it.</summary>
    public static IResourceBuilder<ProjectResource> WithStartupBanner(
        this IResourceBuilder<ProjectResource> gateway,
        params IResourceBuilder<ProjectResource>[] others
    ) =>
        gateway.OnResourceReady(
            async (resource, ready, cancellationToken) =>
            {
                var notifications = ready.Services.GetRequiredService<ResourceNotificationService>();
                foreach (var other in others)
                {
                    await notifications.WaitForResourceHealthyAsync(other.Resource.Name, cancellationToken);
                }

                var configuration = gateway.ApplicationBuilder.Configuration;
                var took = DateTime.Now - Process.GetCurrentProcess().StartTime;
                Console.WriteLine(
                    $"""

                      DataGen is up after {took.TotalSeconds.ToString(
                        "0.0",
                        CultureInfo.InvariantCulture
                    )} s:  {resource.GetEndpoint("http").Url}
                      user:       admin
                      password:   in the dashboard under Parameters, or the setting {Settings.AdminPassword}
                      dashboard:  {configuration["ASPNETCORE_URLS"]}/login?t={configuration["AppHost:BrowserToken"]}
                      Ctrl-C stops it; what was made stays.

                    """
                );
            }
        );
}
