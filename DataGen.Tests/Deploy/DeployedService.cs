namespace DataGen.Tests.Deploy;

/// <summary>What a way of deployment says about one service.</summary>
/// <param name="Ports">The ports it listens on by their names.</param>
/// <param name="Callees">The services whose address it is told.</param>
/// <param name="Calls">Their addresses, by service and endpoint: <c>tasks.grpc</c>.</param>
/// <param name="Settings">The settings of DataGen's own that can be given to it.</param>
internal sealed record DeployedService(
    IReadOnlyDictionary<string, int> Ports,
    IReadOnlySet<string> Callees,
    IReadOnlyDictionary<string, string> Calls,
    IReadOnlySet<string> Settings
)
{
    // What the framework reads, and what Aspire adds for programs in other languages.
    private static readonly string[] NotOurs = ["ASPNETCORE_", "Kestrel__", "HTTP_PORTS", "OTEL_DOTNET_", "REDIS_"];
    private static readonly string[] Endpoints = ["_HTTP", "_HTTPS", "_GRPC"];

    /// <summary>Reads a service's environment; a value may hold references.</summary>
    public static DeployedService Of(IReadOnlyDictionary<string, string> environment)
    {
        var calls = environment
            .Where(pair => pair.Key.StartsWith("Services__", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => string.Join('.', pair.Key.Split("__")[1..3]), pair => pair.Value);
        return new(
            environment.Select(Listens).OfType<(string, int)>().ToDictionary(),
            calls.Keys.Select(call => call.Split('.')[0]).ToHashSet(),
            calls,
            environment
                .Keys.Where(name =>
                    !name.StartsWith("Services__", StringComparison.OrdinalIgnoreCase)
                    && !NotOurs.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
                    && !Endpoints.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
                )
                .ToHashSet()
        );
    }

    // Kestrel__Endpoints__grpc__Url: http://+:8081, or ASPNETCORE_HTTP_PORTS: 8080
    private static (string, int)? Listens(KeyValuePair<string, string> variable) =>
        variable.Key == "ASPNETCORE_HTTP_PORTS" && int.TryParse(variable.Value, out var port) ? ("http", port)
        : variable.Key.Split("__") is ["Kestrel", "Endpoints", var name, "Url"]
        && int.TryParse(variable.Value.Split(':')[^1], out port)
            ? (name, port)
        : null;
}
