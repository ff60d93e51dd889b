using DataGen.Gateway.Problems;

namespace DataGen.Gateway.Security;

/// <summary>Refuses bodies in UTF-7. .NET knows this charset but refuses to decode it, so any code that reads such a
/// form throws, here or behind the Gateway.</summary>
internal static class CharsetGuardExtensions
{
    /// <summary>Adds the guard.</summary>
    public static IApplicationBuilder UseCharsetGuard(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                IsReadable(context.Request)
                    ? next(context)
                    : new Failure(
                        StatusCodes.Status415UnsupportedMediaType,
                        "The charset of the Content-Type cannot be read."
                    ).WriteAsync(context)
        );

    private static bool IsReadable(HttpRequest request)
    {
        try
        {
            _ = request.GetTypedHeaders().ContentType?.Encoding;
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
