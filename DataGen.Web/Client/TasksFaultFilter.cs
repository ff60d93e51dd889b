using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace DataGen.Web.Client;

/// <summary>Turns a failed call to Tasks that no page handled into the status code it stands for; the error page says
/// the rest.</summary>
internal sealed class TasksFaultFilter : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not RpcException fault)
        {
            return;
        }

        if (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status499ClientClosedRequest);
        }
        else if (fault.IsAway())
        {
            context.HttpContext.Response.Headers.RetryAfter = fault
                .RetryAfter()
                .TotalSeconds.ToString(CultureInfo.InvariantCulture);
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        }
        else if (fault.IsUnknownTask())
        {
            context.Result = new NotFoundResult();
        }
        else if (fault.StatusCode is StatusCode.Unauthenticated)
        {
            context.Result = new UnauthorizedResult();
        }
    }
}
