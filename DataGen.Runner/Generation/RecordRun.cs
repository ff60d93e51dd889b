using DataGen.Contracts;
using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;
using DataGen.Runner.Telemetry;
using DataGen.ServiceDefaults.Telemetry;

namespace DataGen.Runner.Generation;

/// <summary>
/// One run: makes every record of the request. A loop asks for slots while there are records to begin. A slot goes to
/// the record that is next when it is granted: a retry that is due, else a new index. Memory holds the calls in flight
/// and a bounded number of delayed retries, however many records the request has. The run ends when its client will ask
/// for no record again, or when it has used all calls that it is allowed.
/// </summary>
internal sealed class RecordRun : IDisposable
{
    /// <summary>The most retries that wait for their time; while there are this many, no new record begins.</summary>
    private const int MaxDelayed = 1024;

    /// <summary>
    /// How many slots are asked for at a time. With only one, a run would get one of several slots that become free
    /// together, and a task with many runs would get the others.
    /// </summary>
    private const int MaxAsking = 32;

    /// <summary>How many records may have their request rejected before the first good one; then the run
    /// ends.</summary>
    private const int MaxRejected = 3;

    /// <summary>How long a server that has made good records may answer that it does not know the path or the model,
    /// for example while a gateway is being replaced.</summary>
    private static readonly TimeSpan LongestNotServed = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();

    private readonly RecordGenerator generator;
    private readonly RetryPolicy retries;
    private readonly RunnerMetrics metrics;
    private readonly TimeProvider clock;
    private readonly IRunEvents events;
    private readonly AsyncAutoResetEvent signal;
    private readonly BoundedTrace trace = new(RunnerMetrics.Source, "record", firstSteps: 25);
    private readonly RecordPrompt prompt;
    private readonly IndexSource indices;
    private readonly DelayQueue<RecordAttempts> delayed;
    private readonly RunShare share;
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenSource begin;
    private readonly long total;
    private readonly bool tellsMessages;

    private volatile bool anyGood;
    private volatile string? fatal;
    private volatile Exception? fault;
    private volatile bool isLast;
    private int asking;
    private int unfinished;
    private int rejected;
    private long left;

    // Calls that may still be begun; null: no bound.
    private long? allowed;
    private volatile bool goodHere;

    // When the server first answered so after the last good record.
    private volatile Since? notServed;

    /// <param name="user">The task's owner.</param>
    /// <param name="signal">Wakes the run when <paramref name="events"/> has room again.</param>
    /// <param name="draining">Cancelled when no further attempt may begin, while those in flight may end.</param>
    public RecordRun(
        RunRequest request,
        string user,
        IRunEvents events,
        AsyncAutoResetEvent signal,
        RecordGenerator generator,
        RetryPolicy retries,
        EndpointPacer pacer,
        RunnerMetrics metrics,
        TimeProvider clock,
        CancellationToken draining,
        CancellationToken cancellationToken
    )
    {
        (this.generator, this.retries, this.metrics, this.clock, this.events, this.signal) = (
            generator,
            retries,
            metrics,
            clock,
            events,
            signal
        );
        prompt = new RecordPrompt(request.Spec);
        indices = new IndexSource(request.Ranges);
        delayed = new DelayQueue<RecordAttempts>(clock, signal);
        (total, left) = (indices.Remaining, indices.Remaining);
        allowed = request.HasCalls ? request.Calls : null;
        anyGood = request.Proven;
        tellsMessages = request.TellMessages;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        begin = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, draining);
        share = pacer.Join(
            user,
            request.TaskId,
            request.Spec.HasConcurrency ? request.Spec.Concurrency : null,
            events.Waiting
        );
    }

    /// <summary>The client asks for records again, or allows more calls.</summary>
    public void Add(RunRequest more)
    {
        lock (gate)
        {
            allowed += more.Calls;
        }

        foreach (var again in more.Again)
        {
            Interlocked.Increment(ref left);
            Settle(new RecordAttempts(again.Record, clock), generator.Repeated(again));
        }

        signal.Set();
    }

    /// <summary>The client sends no further request.</summary>
    public void Last()
    {
        isLast = true;
        signal.Set();
    }

    /// <summary>Makes the records and returns when the last one has ended and no call is left, or no call is allowed
    /// any more.</summary>
    /// <returns>Null, or the sentence of the answer that ended the run.</returns>
    /// <exception cref="OperationCanceledException">The run ended before its records did: it was cancelled and its
    /// calls were abandoned, or it was drained and its calls have ended.</exception>
    public async Task<string?> ExecuteAsync()
    {
        try
        {
            await BeginAttemptsAsync();
        }
        catch (OperationCanceledException) when (begin.IsCancellationRequested)
        {
            // The exception that is thrown below tells the reason.
            await UntilAttemptsEndAsync();
        }
        finally
        {
            await stop.CancelAsync();
            while (Volatile.Read(ref unfinished) > 0)
            {
                await signal.WaitAsync(CancellationToken.None);
            }
        }

        return fault is not null ? throw new InvalidOperationException("An attempt ended unexpectedly.", fault)
            : fatal is not null || Volatile.Read(ref left) == 0 || IsOut() ? fatal
            : throw new OperationCanceledException("The run ended before its records.");
    }

    public void Dispose()
    {
        share.Dispose();
        delayed.Dispose();
        begin.Dispose();
        stop.Dispose();
    }

    private async Task BeginAttemptsAsync()
    {
        while (fatal is null && fault is null)
        {
            begin.Token.ThrowIfCancellationRequested();
            if (WantsSlot())
            {
                Interlocked.Increment(ref asking);
                Interlocked.Increment(ref unfinished);
                _ = AttemptNextAsync();
            }
            else if (IsDone())
            {
                break;
            }
            else
            {
                await signal.WaitAsync(begin.Token);
            }
        }
    }

    private async Task UntilAttemptsEndAsync()
    {
        try
        {
            while (Volatile.Read(ref unfinished) > 0)
            {
                await signal.WaitAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Only records still in flight are left; their calls are abandoned.
        }
    }

    private bool WantsSlot()
    {
        lock (gate)
        {
            var fresh = delayed.Count < MaxDelayed ? indices.Remaining : 0;
            var next = Math.Min(fresh + (delayed.HasDue() ? 1 : 0), allowed ?? long.MaxValue);
            return !events.IsFull && Volatile.Read(ref asking) < Math.Min(MaxAsking, next);
        }
    }

    private bool IsDone()
    {
        lock (gate)
        {
            return isLast
                && Volatile.Read(ref unfinished) == 0
                && (allowed == 0 || (indices.Remaining == 0 && delayed.Count == 0));
        }
    }

    private bool IsOut()
    {
        lock (gate)
        {
            return isLast && allowed == 0;
        }
    }

    private bool TryTakeNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RecordAttempts? record)
    {
        lock (gate)
        {
            record = null;
            if (events.IsFull || allowed == 0)
            {
                return false;
            }

            if (!delayed.TryTake(out record) && delayed.Count < MaxDelayed && indices.TryTake(out var index))
            {
                record = new RecordAttempts(index);
            }

            allowed -= record is null ? 0 : 1;
            return record is not null;
        }
    }

    private async Task AttemptNextAsync()
    {
        try
        {
            var slot = await share.AcquireAsync(begin.Token);
            if (TryTakeNext(out var record))
            {
                GotSlot();
                await AttemptAsync(record, slot);
            }
            else
            {
                // Another slot took the last record, or the reader is too slow.
                GotSlot();
                share.Release(slot, CallOutcome.Abandoned, "", null);
            }
        }
        catch (OperationCanceledException) when (begin.IsCancellationRequested)
        {
            GotSlot();
        }
        finally
        {
            Interlocked.Decrement(ref unfinished);
            signal.Set();
        }
    }

    /// <summary>One slot has arrived; the loop may ask for another.</summary>
    private void GotSlot()
    {
        Interlocked.Decrement(ref asking);
        signal.Set();
    }

    private async Task AttemptAsync(RecordAttempts record, CallSlot slot)
    {
        var outcome = default(AttemptOutcome);
        var callOutcome = CallOutcome.Abandoned;
        using var span = trace.Begin(record.Index);
        span?.SetTag("datagen.record.index", record.Index);
        try
        {
            record.Begin(clock);
            events.Started(record.Index, record.Made, tellsMessages ? generator.MessagesOf(prompt, record) : []);
            outcome = await generator.TryAsync(prompt, record, stop.Token);
            callOutcome = outcome.OfCall;
            Count(outcome);
            Settle(record, outcome);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The call is abandoned; Tasks asks for the record again.
        }
        catch (Exception exception)
        {
            fault = exception;
            await stop.CancelAsync();
        }
        finally
        {
            share.Release(slot, callOutcome, outcome.Reason ?? "", outcome.RetryAfter);
        }
    }

    // A call that the server refused without working on it has cost nothing: another may be made in its place.
    private void Count(in AttemptOutcome outcome)
    {
        if (outcome.Failure == InferenceFailure.Invalid)
        {
            events.Rejected(outcome.Flaw);
        }

        if (
            outcome.Failure
            is not (InferenceFailure.Unreachable or InferenceFailure.RateLimited or InferenceFailure.Unavailable)
        )
        {
            events.Called(outcome.InputCost, outcome.OutputCost);
            return;
        }

        lock (gate)
        {
            allowed++;
        }
    }

    private void Settle(RecordAttempts record, in AttemptOutcome outcome)
    {
        record.Add(outcome);
        if (outcome.Failure is not { } failure)
        {
            anyGood = true;
            (goodHere, notServed) = (true, null);
            events.AskedFor(generator.ResponseFormat(prompt));
            metrics.Ended("good");
            End(record, outcome);
        }
        else if (IsFatal(failure))
        {
            fatal ??= outcome.Reason;
            stop.Cancel();
        }
        else if (retries.Allows(record, failure))
        {
            metrics.Retried(failure);
            events.Retrying(record.Index, record.Made, outcome);
            delayed.Add(record, RetryPolicy.Delay(record, failure, outcome.RetryAfter));
        }
        else
        {
            metrics.Ended("failed");
            End(record, outcome);
        }
    }

    /// <summary>Whether the failure of one record ends the whole run. A rejected request may concern that record only,
    /// and a path that worked before may work again.</summary>
    private bool IsFatal(InferenceFailure failure) =>
        failure switch
        {
            InferenceFailure.Denied => true,
            InferenceFailure.NotServed => !goodHere
                || clock.GetElapsedTime((notServed ??= new Since(clock.GetTimestamp())).Timestamp) > LongestNotServed,
            InferenceFailure.Rejected => !anyGood
                && Interlocked.Increment(ref rejected) >= Math.Min(MaxRejected, total),
            _ => false,
        };

    private void End(RecordAttempts record, in AttemptOutcome outcome)
    {
        events.Ended(record, outcome);
        Interlocked.Decrement(ref left);
    }

    private sealed record Since(long Timestamp);
}
