using System.Net.ServerSentEvents;
using System.Security.Claims;
using System.Threading.Channels;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using DataGen.Gateway.Callers;
using DataGen.Ratio1.CStore;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Api.Events;

/// <summary>The events of one task for one client.</summary>
internal sealed partial class TaskEventStream(
    TaskFeed feed,
    CallerAuthenticator callers,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<TaskEventStream> logger
)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SessionCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Opens the stream. It ends when the task has ended, the client is gone, the session ends or the process stops. A
    /// client that has received the last event gets 204, which tells a browser not to connect again.
    /// </summary>
    /// <exception cref="RpcException">Tasks refuses or cannot be reached before there is anything to
    /// stream.</exception>
    public async Task<Results<NoContent, ServerSentEventsResult<TaskResponse>>> OpenAsync(
        HttpContext context,
        TaskReference task,
        string? lastEventId
    )
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            lifetime.ApplicationStopping
        );
        context.Response.RegisterForDispose(ending);
        var snapshots = feed.WatchAsync(task, ending.Token).GetAsyncEnumerator(ending.Token);
        context.Response.RegisterForDisposeAsync(snapshots);
        if (!await snapshots.MoveNextAsync())
        {
            throw new InvalidOperationException("The feed ended before it began.");
        }

        if (snapshots.Current.Task.HasEnded() && lastEventId == EventId(snapshots.Current))
        {
            return TypedResults.NoContent();
        }

        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(context, snapshots, ending));
    }

    private async IAsyncEnumerable<SseItem<TaskResponse>> EventsAsync(
        HttpContext context,
        IAsyncEnumerator<TaskProgress> snapshots,
        CancellationTokenSource ending
    )
    {
        var newest = Channel.CreateBounded<TaskProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
        );
        newest.Writer.TryWrite(snapshots.Current);
        var reading = ReadAsync(snapshots, newest.Writer, ending.Token);
        var checking = EndWithSessionAsync(context.User, ending);
        try
        {
            while (await HasNextAsync(newest.Reader, context))
            {
                while (newest.Reader.TryRead(out var progress))
                {
                    yield return new SseItem<TaskResponse>(
                        progress.ToResponse(),
                        progress.Task.HasEnded() ? "done" : "progress"
                    )
                    {
                        EventId = EventId(progress),
                        ReconnectionInterval = Reconnect,
                    };
                }
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(reading, checking);
        }
    }

    /// <summary>Waits for a snapshot; false when no more will come. A comment from time to time keeps proxies from
    /// closing a quiet connection; nothing else is written while the caller waits here.</summary>
    private async Task<bool> HasNextAsync(ChannelReader<TaskProgress> newest, HttpContext context)
    {
        var next = newest.WaitToReadAsync(CancellationToken.None).AsTask();
        while (true)
        {
            try
            {
                return await next.WaitAsync(KeepAlive, clock, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(":\n\n", context.RequestAborted);
            }
        }
    }

    /// <summary>The id of the last event: the time at which the task ended. It stays the same when Tasks restarts, and
    /// changes when the task is retried.</summary>
    private static string EventId(TaskProgress progress) =>
        progress.Task.HasEnded()
            ? $"done-{progress.Task.FinishedAt?.ToDateTimeOffset().ToUnixTimeMilliseconds()}"
            : $"{progress.Version}";

    /// <summary>Keeps only the newest snapshot when the client reads more slowly than the task makes
    /// progress.</summary>
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

    /// <summary>Ends the stream when its session has ended. While CStore cannot be reached, the stream goes
    /// on.</summary>
    private async Task EndWithSessionAsync(ClaimsPrincipal user, CancellationTokenSource ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SessionCheck, clock, ending.Token);
                try
                {
                    if (!await callers.IsLiveAsync(user, ending.Token))
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
