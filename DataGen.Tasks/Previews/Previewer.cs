using System.Globalization;
using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Has a few records of a task made in the same way as the task would, and stores nothing.</summary>
internal sealed class Previewer(RunnerLeases leases, Prices prices, TimeProvider clock)
{
    /// <summary>The most records of a preview.</summary>
    public const int MostRecords = 10;

    private const int CallsPerRecord = 10;

    // A user waits for the answer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <param name="task">The task that is previewed.</param>
    /// <param name="records">Records to make, 1 to <see cref="MostRecords"/>; at most the task's.</param>
    /// <param name="changed">Called with the preview when a Runner has been found, and each time something has happened
    /// to a record. The reply is changed again after the callback returns. The callback's token ends with the preview's
    /// minute.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The preview when every record has ended.</returns>
    /// <exception cref="RpcException">No Runner answers, or it refuses.</exception>
    public async Task<PreviewReply> MakeAsync(
        TaskDefinition task,
        int records,
        Func<PreviewReply, CancellationToken, Task> changed,
        CancellationToken cancellationToken
    )
    {
        var count = Math.Min(records, task.Count);
        var preview = new Preview(
            task,
            [.. Enumerable.Range(0, count).Select(at => (int)((long)task.Count * at / count))]
        );
        return preview.End(prices, await RunAsync(preview, changed, cancellationToken));
    }

    /// <summary>Has one record of a task made once more, with the same drawn values.</summary>
    /// <param name="task">The task.</param>
    /// <param name="index">Which record.</param>
    /// <param name="before">The record that the new one has to differ from.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The record, or why there is none.</returns>
    /// <exception cref="RpcException">No Runner answers, or it refuses.</exception>
    public async Task<GeneratedRecord> MakeAgainAsync(
        TaskDefinition task,
        int index,
        ReadOnlyMemory<byte> before,
        CancellationToken cancellationToken
    )
    {
        var preview = new Preview(task, [index], before);
        var capacity = await RunAsync(preview, (_, _) => Task.CompletedTask, cancellationToken);
        return preview.End(prices, capacity).Records.Single().Record;
    }

    // Makes the calls. Returns how many calls the Runner makes at once.
    private async Task<int> RunAsync(
        Preview preview,
        Func<PreviewReply, CancellationToken, Task> changed,
        CancellationToken cancellationToken
    )
    {
        var capacity = 0;
        await BoundedCalls.MakeAsync(
            Longest,
            clock,
            async ending =>
            {
                using var lease = await leases.OpenAsync(preview.Owner, ending);
                capacity = lease.Capacity;
                await ReadAsync(lease, preview, changed, ending);
            },
            cancellationToken
        );
        return capacity;
    }

    private static async Task ReadAsync(
        Lease lease,
        Preview preview,
        Func<PreviewReply, CancellationToken, Task> changed,
        CancellationToken cancellationToken
    )
    {
        await changed(preview.Now(), cancellationToken);
        lease.Send(preview.Request());
        while (await lease.Updates.MoveNext(cancellationToken))
        {
            foreach (var again in preview.Heard(lease.Updates.Current))
            {
                lease.Send(new RunRequest { Again = { again } });
            }

            if (preview.IsOver)
            {
                lease.Complete();
            }
            else
            {
                await changed(preview.Now(), cancellationToken);
            }
        }
    }

    /// <summary>The records of the preview so far.</summary>
    private sealed class Preview
    {
        private readonly TaskDefinition task;
        private readonly ReadOnlyMemory<byte>? before;
        private readonly DataGen.Definition.Sampling? sampling;
        private readonly ClaimedKeys? claimed;
        private readonly PreviewedRecord[] records;
        private int calls;
        private string problem = $"It was not made within {Longest.TotalSeconds:0} s.";
        private string responseFormat = "";

        public Preview(TaskDefinition task, IReadOnlyList<int> indices, ReadOnlyMemory<byte>? before = null)
        {
            (this.task, this.before) = (task, before);
            sampling = task.ReadSampling();
            claimed = sampling?.Keys is { AreWanted: true } keys
                ? new ClaimedKeys(indices.Count, keys.Sets.Count, keys.Near)
                : null;
            records =
            [
                .. indices.Select(index => new PreviewedRecord
                {
                    Record = new GeneratedRecord { Index = index },
                    Sampled = sampling is { Draws: true }
                        ? sampling.At(index).ToJsonString(DataGen.Definition.Sampling.Plain)
                        : "",
                }),
            ];
        }

        /// <summary>The user in whose name the calls are made.</summary>
        public string Owner => task.Owner;

        /// <summary>Whether nothing more is asked for.</summary>
        public bool IsOver => calls >= MostCalls || records.All(IsEnded);

        private int MostCalls => CallsPerRecord * records.Length;

        /// <summary>The first request to the Runner.</summary>
        public RunRequest Request()
        {
            var request = new RunRequest
            {
                TaskId = task.Id,
                Spec = task.ToSpec(),
                Calls = MostCalls,
                TellMessages = true,
            };
            request.Ranges.AddRange(
                records.Select(record => new Contracts.IndexRange
                {
                    First = record.Record.Index,
                    Last = record.Record.Index,
                })
            );
            return request;
        }

        /// <summary>Applies an update of the Runner, and returns the records that are to be made again.</summary>
        public List<Again> Heard(RunUpdate update)
        {
            calls += update.Calls;
            responseFormat = update.ResponseFormat.Length > 0 ? update.ResponseFormat : responseFormat;
            problem =
                update.Fatal?.Reason
                ?? (update.Waiting is { Reason.Length: > 0 } waiting ? waiting.Reason : null)
                ?? problem;
            foreach (var attempt in update.Started)
            {
                var messages = records[PlaceOf(attempt.Index)].Messages;
                messages.Clear();
                messages.AddRange(attempt.Messages);
            }

            foreach (var attempt in update.Retrying.Where(attempt => attempt.Rejection != RejectionKind.Unspecified))
            {
                records[PlaceOf(attempt.Index)]
                    .Rejections.Add(new PreviewedRejection { Kind = attempt.Rejection, Message = attempt.Reason });
            }

            var again = new List<Again>();
            foreach (var ended in update.Ended)
            {
                var place = PlaceOf(ended.Index);
                if (ended.HasData && Repeats(place, ended) is { } repeated)
                {
                    // The Runner reports the rejection when it makes the record again.
                    again.Add(repeated);
                }
                else
                {
                    records[place].Record = ended;
                }
            }

            return again;
        }

        /// <summary>The preview as it is now.</summary>
        public PreviewReply Now() => new() { ResponseFormat = responseFormat, Records = { records } };

        /// <summary>The preview at its end: a record that has not ended has failed.</summary>
        public PreviewReply End(Prices prices, int capacity)
        {
            foreach (var record in records.Where(record => !IsEnded(record)))
            {
                record.Record.Error =
                    calls >= MostCalls
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"It was not made within the preview's {MostCalls} calls."
                        )
                        : problem;
            }

            var reply = Now();
            reply.Estimate = Estimator.Of(
                task.Count,
                calls,
                [.. records.Select(record => record.Record).Where(record => record.HasData)],
                Math.Min(task.Concurrency ?? capacity, capacity),
                prices
            );
            return reply;
        }

        private static bool IsEnded(PreviewedRecord record) =>
            record.Record.OutcomeCase != GeneratedRecord.OutcomeOneofCase.None;

        private int PlaceOf(int index) => Array.FindIndex(records, record => record.Record.Index == index);

        // The request to make a good record again, when it repeats another one; else null.
        private Again? Repeats(int place, GeneratedRecord record) =>
            before is { } other && record.Data.Span.SequenceEqual(other.Span)
                ? new Again
                {
                    Record = record,
                    Problem = "It is the record that another one is wanted for.",
                    Kind = RejectionKind.Duplicate,
                }
            : claimed?.Claim(Claim.Of(place, record.Data.Memory, sampling!.Keys)) is { } repeat
                ? repeat.ToAgain(record, sampling!.Keys, records[repeat.Of].Record.Index)
            : null;
    }
}
