using DataGen.Gateway.Problems;

namespace DataGen.Gateway.Pages;

/// <summary>Registers and maps the pages that Web renders.</summary>
internal static class PagesExtensions
{
    /// <summary>The pages that need no session: sign-in, errors, and their assets.</summary>
    private static readonly string[] OpenPages =
    [
        "/login",
        "/error",
        "/css/{**path}",
        "/js/{**path}",
        "/lib/{**path}",
        "/images/{**path}",
        "/{file:regex(^favicon[\\w.-]*$)}",
    ];

    /// <summary>Adds the forwarder to Web.</summary>
    public static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarderWithServiceDiscovery();
        builder.Services.AddSingleton<WebTransformer>();
        builder.Services.AddSingleton<WebForwarder>();
        return builder;
    }

    /// <summary>Forwards every request without an endpoint to Web. The caller is already authorized here.</summary>
    /// <remarks>This is not a catch-all route, because such a route would replace routing's own answers 405 and
    /// 415.</remarks>
    public static IApplicationBuilder UsePages(this WebApplication app) =>
        app.Use(
            (context, next) =>
                context.GetEndpoint() is not null ? next(context)
                : context.Request.Path.StartsWithSegments(ProblemsExtensions.ApiPath)
                    ? new Failure(StatusCodes.Status404NotFound, "There is nothing at this address.").WriteAsync(
                        context
                    )
                : context.RequestServices.GetRequiredService<WebForwarder>().ForwardAsync(context)
        );

    /// <summary>Maps the pages that need no session.</summary>
    public static IEndpointRouteBuilder MapOpenPages(this IEndpointRouteBuilder endpoints)
    {
        foreach (var pattern in OpenPages)
        {
            endpoints
                .MapMethods(
                    pattern,
                    [HttpMethods.Get, HttpMethods.Head],
                    (HttpContext context, WebForwarder web) => web.ForwardAsync(context)
                )
                .AllowAnonymous()
                .ExcludeFromDescription();
        }

        return endpoints;
    }
}
