using System.Runtime.CompilerServices;
using DataGen.Contracts;
using DataGen.Gateway.Api.Tasks;
using Grpc.Core;

namespace DataGen.Gateway.Api.Events;

/// <summary>Reads a task's snapshots from Tasks and opens the stream again when it breaks.</summary>
internal sealed partial class TaskFeed(TasksClient tasks, TimeProvider clock, ILogger<TaskFeed> logger)
{
    /// <summary>How long Tasks may be unreachable before the feed gives up; long enough for a restart.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>
    /// The snapshots until the task has ended. A failure before the first one is thrown. A stream that breaks later is
    /// opened again; nothing is missed, because every snapshot is complete.
    /// </summary>
    /// <exception cref="RpcException">Tasks refuses the call or stays unreachable.</exception>
    public async IAsyncEnumerable<TaskProgress> WatchAsync(
        TaskReference request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var begun = false;
        var pause = FirstPause;
        var lastGood = clock.GetTimestamp();
        while (true)
        {
            using var call = tasks.Watch(request, cancellationToken: cancellationToken);
            while (await NextAsync(call.ResponseStream, begun, lastGood, cancellationToken))
            {
                (begun, pause, lastGood) = (true, FirstPause, clock.GetTimestamp());
                yield return call.ResponseStream.Current;
                if (call.ResponseStream.Current.Task.HasEnded())
                {
                    yield break;
                }
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <returns>False when the stream has broken and should be opened again.</returns>
    private async Task<bool> NextAsync(
        IAsyncStreamReader<TaskProgress> stream,
        bool begun,
        long lastGood,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await stream.MoveNext(cancellationToken)
                || (
                    begun && clock.GetElapsedTime(lastGood) < Patience
                        ? false
                        : throw new RpcException(
                            new Status(StatusCode.Unavailable, "The stream ended before the task did.")
                        )
                );
        }
        catch (RpcException exception)
            when (begun
                && !cancellationToken.IsCancellationRequested
                && ServiceFailure.Of(exception).IsTransient
                && clock.GetElapsedTime(lastGood) < Patience
            )
        {
            Log.Broken(logger, exception.StatusCode);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "A progress stream from Tasks broke ({Code}) and is opened again.")]
        public static partial void Broken(ILogger logger, StatusCode code);
    }
}
