using System.Text.Encodings.Web;

namespace DataGen.Gateway.Pages;

/// <summary>A page that needs nothing but this process: for when Web is away or the request is not for a page that
/// exists.</summary>
internal static class PlainPage
{
    /// <summary>Whether the caller is a person with a browser: neither the API nor a document for programs.</summary>
    public static bool IsPage(this HttpRequest request) =>
        !request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/openapi") && request.TakesHtml();

    /// <summary>Whether a page is welcome as the answer: a browser navigates, or the caller takes anything.</summary>
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

    /// <summary>Writes the page. A 503 asks the browser to come back by itself.</summary>
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
