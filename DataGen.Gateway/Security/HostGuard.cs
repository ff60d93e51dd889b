using System.Net;
using DataGen.Gateway.Hosting;
using DataGen.Gateway.Problems;
using DataGen.ServiceDefaults.Hosting;

namespace DataGen.Gateway.Security;

/// <summary>
/// Refuses requests for a host name that is not ours. A page of another site can point its own name at our address (DNS
/// rebinding), and the browser then lets the page read our answers. Addresses and names without a dot need no entry,
/// because almost no site on the internet has such a name.
/// </summary>
internal sealed class HostGuard(ListenSettings listen, DoorSettings door)
{
    // A service that listens on all addresses (*) still does not accept every name.
    private readonly IReadOnlyList<string> hosts =
    [
        .. new[] { listen.Host.ToLowerInvariant() }.Where(host => host != "*"),
        .. door.Hosts,
    ];

    /// <summary>Whether requests for this name are accepted.</summary>
    /// <param name="host">The name without a port; empty when the request has none, which no browser sends.</param>
    public bool Allows(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        return !name.Contains('.', StringComparison.Ordinal)
            || IPAddress.TryParse(name.Trim('[', ']'), out _)
            || name.EndsWith(".localhost", StringComparison.Ordinal)
            || hosts.Any(allowed =>
                allowed == "*"
                || allowed == name
                || (
                    allowed.StartsWith("*.", StringComparison.Ordinal)
                    && name.EndsWith(allowed[1..], StringComparison.Ordinal)
                )
            );
    }

    // "..", ".localhost" and port 65536 are not valid.
    private static bool IsName(HostString host) =>
        !host.HasValue || Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out _);

    /// <summary>Passes a request on, or refuses it. Probes may use any name.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        (IsName(context.Request.Host) && Allows(context.Request.Host.Host))
        || context.Request.Path.Value is "/health" or "/alive"
            ? next(context)
            : new Failure(
                StatusCodes.Status400BadRequest,
                $"DataGen is not reached by the name '{context.Request.Host.Host}'. DATAGEN_ALLOWED_HOSTS names those by which it is."
            ).WriteAsync(context);
}
