using System.Text.Encodings.Web;

namespace DataGen.Gateway.Problems;

/// <summary>A page that the Gateway renders itself, when Web cannot be reached or there is no such page.</summary>
internal static class PlainPage
{
    /// <summary>Whether the request is a browser's navigation outside the API.</summary>
    public static bool IsPage(this HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/openapi") && request.TakesHtml();

    /// <summary>Whether the caller accepts HTML.</summary>
    private static bool TakesHtml(this HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Mode"] is [{ } mode])
        {
            return mode == "navigate";
        }

        var accept = request.Headers.Accept.ToString();
        return accept.Length == 0
            || accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || accept.Contains("*/*", StringComparison.Ordinal);
    }

    /// <summary>Writes the page. With a 503 the browser reloads it after five seconds.</summary>
    public static Task WriteAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        var again =
            status == StatusCodes.Status503ServiceUnavailable && HttpMethods.IsGet(context.Request.Method)
                ? "<meta http-equiv=\"refresh\" content=\"5\">"
                : "";
        return context.Response.WriteAsync(
            $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">{{again}}<title>DataGen</title></head>
            <body>
            <h1>DataGen</h1>
            <p>{{HtmlEncoder.Default.Encode(sentence)}}</p>
            <p><a href="/">Back to DataGen</a></p>
            </body>
            </html>
            """,
            context.RequestAborted
        );
    }
}
