using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DataGen.Web.Pages;

/// <summary>Turns a failed call to Tasks that no page handled into its status code; the error page shows the
/// message.</summary>
internal sealed class TasksFailureFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not RpcException exception)
        {
            return;
        }

        if (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status499ClientClosedRequest);
            return;
        }

        var failure = ServiceFailure.Of(exception);
        if (failure.IsUnavailable)
        {
            context.HttpContext.Response.Headers.RetryAfter = failure.RetryAfterSeconds.ToString(
                CultureInfo.InvariantCulture
            );
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        }
        else if (failure.Code is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            context.Result = new NotFoundResult();
        }
        else if (failure.Code is StatusCode.Unauthenticated)
        {
            context.Result = new UnauthorizedResult();
        }
    }
}
