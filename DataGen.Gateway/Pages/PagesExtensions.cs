using DataGen.Gateway.Problems;
using Yarp.ReverseProxy.Forwarder;

namespace DataGen.Gateway.Pages;

/// <summary>Registers and maps what Web renders.</summary>
internal static class PagesExtensions
{
    /// <summary>What anyone may see: the sign-in page, the error page, and what they are drawn with.</summary>
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

    /// <summary>Adds the way to Web.</summary>
    public static IHostApplicationBuilder AddPages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton<IForwarderHttpClientFactory, DiscoveringForwarderHttpClientFactory>();
        builder.Services.AddSingleton<WebTransformer>();
        builder.Services.AddSingleton<WebForwarder>();
        return builder;
    }

    /// <summary>Everything that is nobody else's is a page of Web's. Authorization has let the caller through
    /// already.</summary>
    /// <remarks>No route: a catch-all among the routes would take away routing's own answers, 405 and 415.</remarks>
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

    /// <summary>Maps what needs no session.</summary>
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
