using DataGen.Contracts;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Telemetry;
using Grpc.Core;

namespace DataGen.Tasks.Shards;

/// <summary>
/// Has the missing records of a shard made: opens a lease, passes records that end to the committer, and opens another
/// lease for the missing ones when a Runner dies, until none is missing or no more calls are allowed.
/// </summary>
/// <param name="proven">Whether the task has good records in other shards, or had some when this process took over the
/// shard.</param>
/// <param name="budget">The calls that may be made; null: no bound.</param>
internal sealed partial class LeaseReader(
    ShardTracker tracker,
    bool proven,
    RunnerLeases leases,
    SegmentCommitter committer,
    CallBudget? budget,
    TasksMetrics metrics,
    TimeProvider clock,
    ILogger logger
)
{
    private bool progressed;
    private bool isStalled;

    /// <summary>Returns when no record is missing, or when a permanent failure ended the work.</summary>
    public async Task<RunOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var retry = new TransientRetry(clock);
        string? fatal = null;
        try
        {
            while (fatal is null && StoppedBy is null && tracker.Missing().Count > 0)
            {
                await retry.RunAsync(
                    async token => fatal = await FollowAsync(token),
                    exception => LeaseLost((RpcException)exception),
                    cancellationToken
                );
            }
        }
        catch (RpcException refusal) when (!refusal.IsTransient())
        {
            fatal = RunnerLeases.Reason(refusal);
        }

        await (budget?.CloseAsync(cancellationToken) ?? Task.CompletedTask);
        return new RunOutcome(fatal, StoppedBy);
    }

    private StopReason? StoppedBy =>
        isStalled ? StopReason.Stall
        : budget?.IsOut == true ? StopReason.Budget
        : null;

    // Returns the reason of a fatal answer, if one ended the work.
    private async Task<string?> FollowAsync(CancellationToken cancellationToken)
    {
        progressed = false;
        try
        {
            var fatal = await ReadAsync(cancellationToken);
            return fatal is not null || progressed || StoppedBy is not null
                ? fatal
                : throw new RpcException(new Status(StatusCode.Aborted, "The stream ended before its records."));
        }
        catch (RpcException exception)
            when (progressed && exception.IsTransient() && !cancellationToken.IsCancellationRequested)
        {
            // This lease brought records while it lasted, so the next one is opened at once.
            LeaseLost(exception);
            return null;
        }
        finally
        {
            tracker.LeaseEnded();
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var calls = budget is null ? (long?)null : await budget.OpenAsync(cancellationToken);
        if (calls == 0)
        {
            return null;
        }

        using var lease = await leases.OpenAsync(tracker.Definition.Owner, cancellationToken);
        tracker.Lend(lease, missing => Request(missing, calls));
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = Task.CompletedTask;
        if (budget is not null)
        {
            keeping = budget.KeepAsync(lease, reading.Token);
        }
        else
        {
            lease.Complete();
        }

        string? fatal;
        try
        {
            await lease.Taken;
            tracker.Begin();
            fatal = await ReadAsync(lease, cancellationToken);
        }
        finally
        {
            await reading.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (budget is not null && fatal is null && !isStalled)
        {
            await budget.ReturnAsync(cancellationToken);
        }

        return fatal;
    }

    private RunRequest Request(IReadOnlyList<Model.IndexRange> missing, long? calls)
    {
        var request = new RunRequest
        {
            TaskId = tracker.Definition.Id,
            Spec = tracker.Definition.ToSpec(),
            Proven = proven || tracker.HasGood,
        };
        request.Ranges.AddRange(
            missing.Select(range => new Contracts.IndexRange { First = range.First, Last = range.Last })
        );
        if (calls is { } bound)
        {
            request.Calls = bound;
        }

        return request;
    }

    // Returns the reason of a fatal answer, if one ended the work.
    private async Task<string?> ReadAsync(Lease lease, CancellationToken cancellationToken)
    {
        while (await lease.Updates.MoveNext(cancellationToken))
        {
            var update = lease.Updates.Current;
            foreach (var attempt in update.Started)
            {
                tracker.AttemptStarted(
                    attempt.Index,
                    attempt.Attempt,
                    attempt.StartedAt?.ToDateTimeOffset() ?? clock.GetUtcNow()
                );
            }

            var spent = new Spent(update.Calls, update.Tokens?.Input ?? 0, update.Tokens?.Output ?? 0);
            if (update.Calls > 0)
            {
                var rejected = update.Rejected.ToModel();
                tracker.Called(spent, rejected);
                metrics.Called(spent);
                metrics.Rejected(rejected);
            }

            budget?.Said(spent);
            foreach (var attempt in update.Retrying)
            {
                tracker.AttemptFailed(attempt.Index, attempt.Attempt, attempt.Reason);
            }

            if (update.Ended.Count > 0)
            {
                await StoreAsync(update.Ended, cancellationToken);
            }

            if (update.Waiting is { } waiting)
            {
                tracker.RunnerWaits(waiting.Reason.Length > 0 ? waiting.Reason : null);
            }

            if (update.ResponseFormat.Length > 0)
            {
                tracker.AskedFor(update.ResponseFormat);
            }

            if (update.Fatal is { } fatal)
            {
                return fatal.Reason;
            }

            if (tracker.IsStalled)
            {
                isStalled = true;
                return null;
            }
        }

        return null;
    }

    private async Task StoreAsync(IEnumerable<GeneratedRecord> ended, CancellationToken cancellationToken)
    {
        foreach (var result in ended)
        {
            if (!tracker.TryAccept(result.Index, result.Attempts))
            {
                Log.Unwanted(logger, tracker.Id, result.Index);
                continue;
            }

            progressed = true;
            var good = result.HasData;
            await committer.AddAsync(
                new StoredRecord(
                    result.Index,
                    good ? result.Data.Memory : (ReadOnlyMemory<byte>?)null,
                    good ? null : TaskDefinition.Shorten(result.Error, RecordFailure.LongestMessage),
                    result.Attempts,
                    new TokenCount(result.Tokens?.Input ?? 0, result.Tokens?.Output ?? 0),
                    result.DurationMs,
                    good || result.Answer.Length == 0 ? null : result.Answer,
                    result.Rejected
                ),
                cancellationToken
            );
        }
    }

    private void LeaseLost(RpcException exception)
    {
        metrics.LeaseLost();
        Log.LeaseLost(logger, tracker.Id, exception.StatusCode, exception.Status.Detail);
        tracker.RunnerWaits(RunnerLeases.Reason(exception));
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {Shard}: the Runner's stream broke ({Status}: {Detail}); opening another for what is missing."
        )]
        public static partial void LeaseLost(ILogger logger, ShardId shard, StatusCode status, string detail);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Task {Shard}: the Runner sent record {Index}, which is not wanted or has ended before; ignored."
        )]
        public static partial void Unwanted(ILogger logger, ShardId shard, int index);
    }
}
