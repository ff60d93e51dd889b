using System.Text.Json.Nodes;
using DataGen.Mock.Hosting;

namespace DataGen.Mock.Node;

/// <summary>Unknown paths and wrong verbs get <c>{"detail": "Not Found"}</c> and its like; what an endpoint raises gets
/// the node's 500.</summary>
internal sealed partial class NodeErrorMiddleware(RequestDelegate next, ILogger<NodeErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (
                !context.Response.HasStarted
                && context.Response.StatusCode is var status
                && status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
            )
            {
                await Responses.WriteJsonAsync(
                    context,
                    status,
                    new JsonObject
                    {
                        ["detail"] = status is StatusCodes.Status404NotFound ? "Not Found" : "Method Not Allowed",
                    }
                );
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody is left to answer.
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await NodeResponses.Main.WriteFailureAsync(context, exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.Raised(logger, context.Request.Path, exception);
            await NodeResponses.Main.WriteRaisedAsync(context, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Path} failed.")]
        public static partial void Raised(ILogger logger, PathString path, Exception exception);
    }
}
