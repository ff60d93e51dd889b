namespace DataGen.Mock.Faults;

/// <summary>What can be done to any call before its service sees it.</summary>
internal static class CallFaults
{
    /// <summary>True when the service is down and the call has been dealt with.</summary>
    public static async ValueTask<bool> IsDownAsync(HttpContext context, Fault<string> down)
    {
        switch (down.Take())
        {
            case "503":
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.ContentType = "text/plain";
                await context.Response.WriteAsync("Service Unavailable", context.RequestAborted);
                return true;
            case "abort":
                context.Abort();
                return true;
            default:
                return false;
        }
    }

    /// <summary>Waits as long as a latency switch says.</summary>
    public static Task WaitAsync(Fault<double> milliseconds, TimeProvider clock, CancellationToken cancellationToken) =>
        milliseconds.Take() is > 0 and var delay
            ? Task.Delay(TimeSpan.FromMilliseconds(delay), clock, cancellationToken)
            : Task.CompletedTask;
}
