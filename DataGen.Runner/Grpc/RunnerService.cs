using DataGen.Contracts;
using DataGen.Runner.Draining;
using DataGen.Runner.Generation;
using DataGen.Runner.Pacing;
using DataGen.Runner.Telemetry;
using Grpc.Core;

namespace DataGen.Runner.Grpc;

/// <summary>The gRPC face of the Runner: a stream is a lease, and what it leases ends with it.</summary>
internal sealed partial class RunnerService(
    RecordMaker maker,
    RetryPolicy retries,
    EndpointPacer pacer,
    RunnerMetrics metrics,
    TimeProvider clock,
    Drain drain,
    ILogger<RunnerService> logger
) : Contracts.Runner.RunnerBase
{
    public override async Task Run(
        RunRequest request,
        IServerStreamWriter<RunUpdate> responseStream,
        ServerCallContext context
    )
    {
        if (RunRequestCheck.Problem(request) is { } problem)
        {
            throw new ServiceFailure(StatusCode.InvalidArgument, problem).ToException();
        }

        if (!drain.TryEnter())
        {
            throw Stopping();
        }

        metrics.Runs(1);
        Log.Started(logger, request.TaskId, request.Ranges.Count);
        try
        {
            // At once: a client that waits for headers would take a slow first record for a dead server.
            await context.WriteResponseHeadersAsync([]);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                context.CancellationToken,
                drain.StreamsOver
            );
            await RunAsync(request, responseStream, stop);
        }
        catch (Exception exception) when (context.CancellationToken.IsCancellationRequested)
        {
            Log.Abandoned(logger, request.TaskId);
            throw new RpcException(new Status(StatusCode.Cancelled, "The stream has ended.", exception));
        }
        catch (OperationCanceledException) when (drain.Begun.IsCancellationRequested)
        {
            Log.Drained(logger, request.TaskId);
            throw Stopping();
        }
        finally
        {
            metrics.Runs(-1);
            drain.Leave();
        }
    }

    private async Task RunAsync(RunRequest request, IServerStreamWriter<RunUpdate> stream, CancellationTokenSource stop)
    {
        var signal = new Signal();
        var feed = new UpdateFeed(signal, clock);
        using var calls = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, drain.CallsOver);
        using var run = new RecordRun(
            request,
            feed,
            signal,
            maker,
            retries,
            pacer,
            metrics,
            clock,
            drain.Begun,
            calls.Token
        );
        var writing = WriteAsync(feed, stream, stop);
        try
        {
            var fatal = await run.ExecuteAsync();
            feed.Complete(fatal);
            if (fatal is null)
            {
                Log.Completed(logger, request.TaskId);
            }
            else
            {
                Log.Refused(logger, request.TaskId, fatal);
            }
        }
        catch (OperationCanceledException) when (drain.Begun.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            // What has ended is sent before the stream does.
            feed.Complete(null);
            await writing;
            throw;
        }
        catch
        {
            await stop.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await writing;
    }

    private static RpcException Stopping() =>
        new ServiceFailure(StatusCode.Unavailable, "The Runner is stopping.").ToException();

    /// <summary>Writing that fails ends the run as well: nobody is there to make records for.</summary>
    private static async Task WriteAsync(
        UpdateFeed feed,
        IServerStreamWriter<RunUpdate> stream,
        CancellationTokenSource stop
    )
    {
        try
        {
            await feed.WriteToAsync(stream, stop.Token);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Task {TaskId}: a run of {Ranges} ranges begins")]
        public static partial void Started(ILogger logger, string taskId, int ranges);

        [LoggerMessage(LogLevel.Information, "Task {TaskId}: the run is complete")]
        public static partial void Completed(ILogger logger, string taskId);

        [LoggerMessage(LogLevel.Information, "Task {TaskId}: the stream has ended, its calls are abandoned")]
        public static partial void Abandoned(ILogger logger, string taskId);

        [LoggerMessage(LogLevel.Information, "Task {TaskId}: the Runner is stopping, the run ends before its records")]
        public static partial void Drained(ILogger logger, string taskId);

        [LoggerMessage(LogLevel.Warning, "Task {TaskId}: the run ends: {Reason}")]
        public static partial void Refused(ILogger logger, string taskId, string reason);
    }
}
