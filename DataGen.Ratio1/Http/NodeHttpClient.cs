using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Ratio1.Http;

/// <summary>Registers the HTTP client of one of a node's services.</summary>
internal static class NodeHttpClient
{
    /// <summary>
    /// A named client with only the library's own limits, retries and logs: a host's default resilience handler would
    /// end a slow write after ten seconds, and the factory's logging would write every key that is read.
    /// </summary>
    public static void Add(IServiceCollection services, string name) =>
        services
            .AddHttpClient(name)
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler(
                (handler, _) =>
                {
                    handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                    // The client lives as long as the process, so connections must end from time to time for a changed
                    // DNS entry to be seen.
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
                    handler.UseCookies = false;
                    // A node never redirects; following a redirect would send keys and values elsewhere.
                    handler.AllowAutoRedirect = false;
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllResilienceHandlers()
            .RemoveAllLoggers();
}
