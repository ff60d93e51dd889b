using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace DataGen.Web.Icons;

/// <summary>The browser tab's icon while tasks run: a ring that fills. Drawn here since a data: address would need a looser Content-Security-Policy.</summary>
internal static class ProgressIcon
{
    private const double Circumference = 2 * Math.PI * 12;

    /// <summary>Maps <c>/favicon/{percent}.svg</c>, open like every other asset.</summary>
    internal static IEndpointRouteBuilder MapProgressIcons(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/favicon/{percent:int:range(0,100)}.svg", (int percent, HttpContext context) =>
        {
            context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=86400";
            return TypedResults.Text(Draw(percent), "image/svg+xml");
        }).AllowAnonymous();
        return endpoints;
    }

    private static string Draw(int percent)
    {
        var filled = (Circumference * percent / 100).ToString("0.##", CultureInfo.InvariantCulture);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke-width="7">
              <circle cx="16" cy="16" r="12" stroke="#9aa39f" stroke-opacity=".45"/>
              <circle cx="16" cy="16" r="12" stroke="#12907f" stroke-dasharray="{filled} 100" transform="rotate(-90 16 16)"/>
            </svg>
            """;
    }
}
