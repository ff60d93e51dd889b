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
        catch (NodeException exception)
        {
            await exception.AnswerAsync(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await new NodeException(exception.StatusCode, exception.Message).AnswerAsync(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.Raised(logger, context.Request.Path, exception);
            await NodeException.Raised(exception.Message).AnswerAsync(context);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Path} failed.")]
        public static partial void Raised(ILogger logger, PathString path, Exception exception);
    }
}
