using DataGen.Contracts;
using DataGen.Runner.Draining;
using DataGen.Runner.Generation;
using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;
using DataGen.Runner.Telemetry;
using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Runner.Grpc;

/// <summary>The gRPC service of the Runner. A stream is a lease: when it ends, no more of its records are
/// made.</summary>
internal sealed partial class RunnerService(
    RecordGenerator generator,
    DefinitionDraft drafts,
    InferenceSettings settings,
    RetryPolicy retries,
    EndpointPacer pacer,
    RunnerMetrics metrics,
    TimeProvider clock,
    Drain drain,
    RunnerInstance instance,
    ILogger<RunnerService> logger
) : Contracts.Runner.RunnerBase
{
    public override Task<RunnerLoad> GetLoad(GetLoadRequest request, ServerCallContext context) =>
        drain.Begun.IsCancellationRequested
            ? throw Stopping()
            : Task.FromResult(
                new RunnerLoad
                {
                    Instance = instance.Id,
                    Runs = drain.Streams,
                    Capacity = settings.MaxConcurrency,
                }
            );

    public override async Task<DraftReply> Draft(DraftRequest request, ServerCallContext context)
    {
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw new ServiceFailure(StatusCode.InvalidArgument, "prompt is empty.").ToException();
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.CallsOver);
        try
        {
            return await drafts.MakeAsync(request.Prompt, context.GetHttpContext().User.Username(), stop.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw Stopping();
        }
    }

    public override async Task Run(
        IAsyncStreamReader<RunRequest> requests,
        IServerStreamWriter<RunUpdate> responseStream,
        ServerCallContext context
    )
    {
        var request = await requests.MoveNext(context.CancellationToken) ? requests.Current : null;
        if (RunRequestCheck.Problem(request) is { } problem)
        {
            throw new ServiceFailure(StatusCode.InvalidArgument, problem).ToException();
        }

        if (!drain.TryEnter())
        {
            throw Stopping();
        }

        metrics.Runs(1);
        Log.Started(logger, request!.TaskId, request.Ranges.Count);
        try
        {
            // The headers are sent at once: a client that waits for them would otherwise take a slow first record for a
            // dead server.
            await context.WriteResponseHeadersAsync([]);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(
                context.CancellationToken,
                drain.StreamsOver
            );
            await RunAsync(request, requests, context.GetHttpContext().User.Username(), responseStream, stop);
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

    private async Task RunAsync(
        RunRequest request,
        IAsyncStreamReader<RunRequest> requests,
        string user,
        IServerStreamWriter<RunUpdate> stream,
        CancellationTokenSource stop
    )
    {
        var signal = new AsyncAutoResetEvent();
        var feed = new UpdateFeed(signal, clock);
        using var calls = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, drain.CallsOver);
        using var run = new RecordRun(
            request,
            user,
            feed,
            signal,
            generator,
            retries,
            pacer,
            metrics,
            clock,
            drain.Begun,
            calls.Token
        );
        var writing = WriteAsync(feed, stream, stop);
        using var hearing = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var reading = ReadAsync(requests, run, stop, hearing.Token);
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
            // The records that have ended are sent before the stream ends.
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
        finally
        {
            await hearing.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await writing;
    }

    /// <summary>Reads the client's further requests. When reading fails the run ends, because its client has
    /// gone.</summary>
    private static async Task ReadAsync(
        IAsyncStreamReader<RunRequest> requests,
        RecordRun run,
        CancellationTokenSource stop,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                run.Add(requests.Current);
            }

            run.Last();
        }
        catch when (!cancellationToken.IsCancellationRequested)
        {
            await stop.CancelAsync();
            throw;
        }
    }

    private static RpcException Stopping() =>
        new ServiceFailure(StatusCode.Unavailable, "The Runner is stopping.").ToException();

    /// <summary>Writes the updates. When writing fails the run ends, because its reader has gone.</summary>
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
