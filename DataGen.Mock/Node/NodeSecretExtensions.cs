namespace DataGen.Mock.Node;

/// <summary>Puts endpoints behind the node's secret.</summary>
internal static class NodeSecretExtensions
{
    /// <summary>Refuses calls of the endpoints marked by <see cref="BehindNodeSecret"/> that do not bring the
    /// secret.</summary>
    public static IApplicationBuilder UseNodeSecret(this WebApplication app)
    {
        var secret = app.Services.GetRequiredService<NodeSecret>();
        return app.Use(
            (context, next) =>
                context.GetEndpoint()?.Metadata.GetMetadata<Marker>() is null || secret.Admits(context)
                    ? next(context)
                    : throw NodeSecret.Refusal(context)
        );
    }

    /// <summary>A group of endpoints that show or change what is stored.</summary>
    public static RouteGroupBuilder BehindNodeSecret(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGroup("").WithMetadata(new Marker());

    private sealed class Marker;
}
