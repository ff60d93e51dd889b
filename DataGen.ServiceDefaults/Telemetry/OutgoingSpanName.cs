using System.Diagnostics;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>Names the span of an outgoing HTTP request by method and path, for example <c>GET /hgetall</c>. Ids become
/// <c>{id}</c>, so that the number of names is bounded; the query is left out, because it may hold a secret.</summary>
internal static class OutgoingSpanName
{
    /// <summary>Sets the name.</summary>
    public static void Set(Activity span, HttpRequestMessage request)
    {
        if (request.RequestUri is { IsAbsoluteUri: true } address)
        {
            var path = address.AbsolutePath.Split('/').Select(part => Guid.TryParse(part, out _) ? "{id}" : part);
            span.DisplayName = $"{request.Method} {string.Join('/', path)}";
        }
    }
}
