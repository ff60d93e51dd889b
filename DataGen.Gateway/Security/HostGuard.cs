using System.Net;
using DataGen.Gateway.Hosting;
using DataGen.Gateway.Problems;
using DataGen.ServiceDefaults.Hosting;

namespace DataGen.Gateway.Security;

/// <summary>
/// Refuses requests for a name that is not ours. A page of another site can give its own name our address (DNS rebinding);
/// the browser then lets it read what we answer. Addresses and names without a dot need no list: hardly a site on the
/// internet has one for a name.
/// </summary>
internal sealed class HostGuard(ListenSettings listen, DoorSettings door)
{
    // To listen everywhere (*) is not to be reached by every name.
    private readonly IReadOnlyList<string> hosts =
    [
        .. new[] { listen.Host.ToLowerInvariant() }.Where(host => host != "*"),
        .. door.Hosts,
    ];

    /// <summary>Whether requests for this name are taken.</summary>
    /// <param name="host">The name, without a port; empty when the request names none, as no browser's does.</param>
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

    // "..", ".localhost" and port 65536 name nothing.
    private static bool IsName(HostString host) =>
        !host.HasValue || Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out _);

    /// <summary>Lets a request go on, or refuses it. Probes ask by whatever name they like.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        (IsName(context.Request.Host) && Allows(context.Request.Host.Host))
        || context.Request.Path.Value is "/health" or "/alive"
            ? next(context)
            : new Failure(
                StatusCodes.Status400BadRequest,
                $"DataGen is not reached by the name '{context.Request.Host.Host}'. DATAGEN_ALLOWED_HOSTS names those by which it is."
            ).WriteAsync(context);
}
