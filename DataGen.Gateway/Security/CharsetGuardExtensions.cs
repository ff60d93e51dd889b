using DataGen.Gateway.Problems;

namespace DataGen.Gateway.Security;

/// <summary>Refuses bodies that nobody may read: .NET knows UTF-7 and will not decode it, so that whatever looks at the form
/// of such a request throws, here or behind the Gateway.</summary>
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
