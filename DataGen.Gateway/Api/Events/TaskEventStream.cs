using System.Security.Claims;
using System.Text.Json;
using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.CStore;
using Grpc.Core;

namespace DataGen.Gateway.Api.Events;

/// <summary>One browser watching one task.</summary>
internal sealed partial class TaskEventStream(
    TaskFeed feed,
    SessionAuthenticator sessions,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<TaskEventStream> logger
)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SessionCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Streams until the task has ended, the browser is gone, the session ends or the process stops, whichever comes
    /// first.
    /// A browser that has seen the end gets 204, which tells it to stop connecting.
    /// </summary>
    /// <exception cref="RpcException">Tasks refuses or is away before there is anything to stream.</exception>
    public async Task RunAsync(HttpContext context, TaskReference request, string? lastEventId)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        await using var snapshots = feed.WatchAsync(request, ending.Token).GetAsyncEnumerator(ending.Token);
        if (!await snapshots.MoveNextAsync())
        {
            throw new InvalidOperationException("The feed ended before it began.");
        }

        if (snapshots.Current.Task.HasEnded() && lastEventId == EventId(snapshots.Current))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        var newest = Channel.CreateBounded<TaskProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        newest.Writer.TryWrite(snapshots.Current);
        var reading = ReadAsync(snapshots, newest.Writer, ending.Token);
        var checking = EndWithSessionAsync(context.User, ending);
        try
        {
            await WriteAsync(new SseWriter(context.Response.BodyWriter), newest.Reader, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The stream ends here; a browser that is still there connects again and learns why.
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(reading, checking);
        }
    }

    /// <summary>The end has an id of its own, the same however often Tasks is restarted, and another one when the task
    /// is run again.</summary>
    private static string EventId(TaskProgress progress) =>
        progress.Task.HasEnded()
            ? $"done-{progress.Task.FinishedAt?.ToDateTimeOffset().ToUnixTimeMilliseconds()}"
            : $"{progress.Version}";

    /// <summary>Keeps only the newest snapshot for a browser that reads more slowly than the task moves.</summary>
    private async Task ReadAsync(
        IAsyncEnumerator<TaskProgress> snapshots,
        ChannelWriter<TaskProgress> newest,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (await snapshots.MoveNextAsync())
            {
                newest.TryWrite(snapshots.Current);
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.FeedEnded(logger, exception.Message);
            }
        }
        finally
        {
            newest.Complete();
        }
    }

    private async Task WriteAsync(
        SseWriter sse,
        ChannelReader<TaskProgress> newest,
        CancellationToken cancellationToken
    )
    {
        await sse.WriteRetryAsync(Reconnect, cancellationToken);
        while (true)
        {
            var more = newest.WaitToReadAsync(cancellationToken).AsTask();
            while (!await EndsWithinAsync(more, KeepAlive, cancellationToken))
            {
                await sse.WriteCommentAsync(cancellationToken);
            }

            if (!await more)
            {
                return;
            }

            while (newest.TryRead(out var progress))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(progress.ToResponse(), ApiJson.Default.TaskResponse);
                await sse.WriteEventAsync(
                    progress.Task.HasEnded() ? "done" : "progress",
                    EventId(progress),
                    json,
                    cancellationToken
                );
            }
        }
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(time, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A session that is ended elsewhere ends its streams too. While CStore cannot say, nothing
    /// changes.</summary>
    private async Task EndWithSessionAsync(ClaimsPrincipal user, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SessionCheck, clock, ending.Token);
                try
                {
                    if (!await sessions.IsLiveAsync(user, ending.Token))
                    {
                        await ending.CancelAsync();
                    }
                }
                catch (CStoreException exception)
                {
                    Log.CannotCheck(logger, exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A progress stream was given up: {Reason}")]
        public static partial void FeedEnded(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Debug, "Whether a stream's session is live cannot be checked now: {Reason}")]
        public static partial void CannotCheck(ILogger logger, string reason);
    }
}
