using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Runner.Generation;
using DataGen.Runner.Pacing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Grpc;

/// <summary>
/// Sends the events of a run to its stream. It gathers events while the previous message is being sent, so that
/// thousands of records a second need few messages. It is full when the reader is too slow.
/// </summary>
internal sealed class UpdateFeed(AsyncAutoResetEvent roomAgain, TimeProvider clock) : IRunEvents
{
    /// <summary>How many events may wait before the run begins no new call; calls in flight may still add
    /// theirs.</summary>
    private const int MaxEvents = 2048;

    /// <summary>How many bytes of records may wait, and how many one message may hold before the next is begun: gRPC
    /// clients refuse messages over 4 MiB.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The least time between two messages, unless the feed is full. People watch the progress, so more is not
    /// needed.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(15);

    private readonly Lock gate = new();
    private readonly Queue<Batch> batches = new();
    private readonly AsyncAutoResetEvent filled = new();

    private Batch? last;
    private int events;
    private long bytes;
    private bool completed;
    private string? told;

    /// <inheritdoc/>
    public bool IsFull
    {
        get
        {
            lock (gate)
            {
                return events >= MaxEvents || bytes >= MaxBytes;
            }
        }
    }

    /// <inheritdoc/>
    public void Started(int index, int attempt, IReadOnlyList<ChatMessage> messages)
    {
        var started = new AttemptStarted
        {
            Index = index,
            Attempt = attempt,
            StartedAt = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
        };
        started.Messages.AddRange(
            messages.Select(message => new PromptMessage { Role = message.Role.Value, Text = message.Text })
        );
        lock (gate)
        {
            Open(messages.Sum(message => message.Text.Length)).Started.Add(started);
        }

        filled.Set();
    }

    /// <inheritdoc/>
    public void Retrying(int index, int attempt, in AttemptOutcome outcome)
    {
        var failed = new AttemptFailed
        {
            Index = index,
            Attempt = attempt,
            Reason = outcome.Reason,
            Rejection = outcome.Flaw switch
            {
                Flaw.Invalid => RejectionKind.Invalid,
                Flaw.Duplicate => RejectionKind.Duplicate,
                Flaw.Rule => RejectionKind.Rule,
                Flaw.Near => RejectionKind.Near,
                _ => RejectionKind.Unspecified,
            },
        };
        lock (gate)
        {
            Open(failed.Reason.Length).Retrying.Add(failed);
        }

        filled.Set();
    }

    /// <inheritdoc/>
    public void Called(long inputTokens, long outputTokens)
    {
        lock (gate)
        {
            var update = Open(0);
            update.Calls++;
            update.Tokens ??= new TokenUsage();
            update.Tokens.Input += inputTokens;
            update.Tokens.Output += outputTokens;
        }

        filled.Set();
    }

    /// <inheritdoc/>
    public void Rejected(Flaw flaw)
    {
        lock (gate)
        {
            var rejected = Open(0).Rejected ??= new Rejections();
            rejected.Invalid += flaw == Flaw.Invalid ? 1 : 0;
            rejected.Rule += flaw == Flaw.Rule ? 1 : 0;
            rejected.Duplicate += flaw == Flaw.Duplicate ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public void Ended(RecordAttempts record, in AttemptOutcome outcome)
    {
        var result = new GeneratedRecord
        {
            Index = record.Index,
            Attempts = record.Made,
            Rejected = record.Rejected,
            Tokens = new TokenUsage { Input = record.InputTokens, Output = record.OutputTokens },
            DurationMs = (long)clock.GetElapsedTime(record.Began).TotalMilliseconds,
        };
        if (outcome.Data is { } data)
        {
            result.Data = UnsafeByteOperations.UnsafeWrap(data);
        }
        else
        {
            result.Error = outcome.Reason;
            result.Answer = outcome.Answer ?? "";
        }

        lock (gate)
        {
            Open(outcome.Data?.Length ?? (result.Error.Length + result.Answer.Length)).Ended.Add(result);
        }

        filled.Set();
    }

    /// <inheritdoc/>
    public void AskedFor(string responseFormat)
    {
        // The usual case: the format is reported with every good record.
        if (responseFormat == Volatile.Read(ref told))
        {
            return;
        }

        lock (gate)
        {
            told = responseFormat;
            Open(0).ResponseFormat = responseFormat;
        }

        filled.Set();
    }

    /// <inheritdoc/>
    public void Waiting(string reason)
    {
        lock (gate)
        {
            Open(0).Waiting = new Waiting { Reason = reason };
        }

        filled.Set();
    }

    /// <summary>The run has ended, for the given reason if there is one. The stream ends when all events have been
    /// written.</summary>
    public void Complete(string? fatal)
    {
        lock (gate)
        {
            completed = true;
            if (fatal is not null)
            {
                Open(0).Fatal = new Fatal { Reason = fatal };
            }
        }

        filled.Set();
    }

    /// <summary>Writes updates until <see cref="Complete"/>, no faster than the reader reads.</summary>
    public async Task WriteToAsync(IServerStreamWriter<RunUpdate> stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (update, ended) = Take();
            if (update is not null)
            {
                roomAgain.Set();
                await stream.WriteAsync(update, cancellationToken);
                if (!IsFull && !Volatile.Read(ref completed))
                {
                    await Task.Delay(Pace, clock, cancellationToken);
                }
            }
            else if (ended)
            {
                return;
            }
            else
            {
                await filled.WaitAsync(cancellationToken);
            }
        }
    }

    private (RunUpdate? Update, bool Ended) Take()
    {
        lock (gate)
        {
            if (!batches.TryDequeue(out var batch))
            {
                return (null, completed);
            }

            events -= batch.Events;
            bytes -= batch.Bytes;
            last = batches.Count == 0 ? null : last;
            return (batch.Update, false);
        }
    }

    /// <summary>The update that takes an event with this many bytes of text.</summary>
    private RunUpdate Open(int size)
    {
        if (last is null || (last.Bytes > 0 && last.Bytes + size > MaxBytes))
        {
            batches.Enqueue(last = new Batch());
        }

        last.Bytes += size;
        last.Events++;
        bytes += size;
        events++;
        return last.Update;
    }

    private sealed class Batch
    {
        public RunUpdate Update { get; } = new();

        public int Bytes { get; set; }

        public int Events { get; set; }
    }
}
