using System.Globalization;
using System.Text.Json;
using DataGen.Contracts;
using DataGen.Tasks.Budgets;
using DataGen.Tasks.Distinct;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Model;
using DataGen.Tasks.Shards;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Has a few records of a task made, as the task would have them made, and stores nothing.</summary>
internal sealed class Previewer(RunnerLeases leases, Prices prices, TimeProvider clock)
{
    /// <summary>The most records.</summary>
    public const int MostRecords = 10;

    private const int CallsPerRecord = 10;

    // Somebody is waiting for the answer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="task">What a task would be asked for.</param>
    /// <param name="records">Records to make, 1 to <see cref="MostRecords"/>; at most the task's.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="RpcException">No Runner answers, or it refuses.</exception>
    public async Task<PreviewReply> MakeAsync(TaskDefinition task, int records, CancellationToken cancellationToken)
    {
        var preview = new Preview(task, Math.Min(records, task.Count));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var deadline = clock.CreateTimer(_ => ending.Cancel(), null, Longest, Timeout.InfiniteTimeSpan);
        var capacity = 0;
        try
        {
            using var lease = await leases.OpenAsync(task.Owner, ending.Token);
            capacity = lease.Capacity;
            await ReadAsync(lease, preview, ending.Token);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException
                && ending.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            // What there is by now is the preview.
        }
        catch (RpcException refusal) when (refusal.IsTransient())
        {
            throw Api.Failures.Unavailable("No Runner can be reached.");
        }

        return preview.ToReply(prices, capacity);
    }

    private static async Task ReadAsync(Lease lease, Preview preview, CancellationToken cancellationToken)
    {
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
        }
    }

    /// <summary>What is known of the records so far.</summary>
    private sealed class Preview
    {
        private readonly TaskDefinition task;
        private readonly DataGen.Definition.Sampling? sampling;
        private readonly ClaimedKeys? claimed;
        private readonly PreviewedRecord[] records;
        private int calls;
        private string problem = $"It was not made within {Longest.TotalSeconds:0} s.";
        private string responseFormat = "";

        public Preview(TaskDefinition task, int count)
        {
            this.task = task;
            sampling = task.ReadSampling();
            claimed = sampling?.Keys is { AreWanted: true } keys
                ? new ClaimedKeys(count, keys.Sets.Count, keys.Near)
                : null;
            records =
            [
                .. Enumerable
                    .Range(0, count)
                    .Select(at => (int)((long)task.Count * at / count))
                    .Select(index => new PreviewedRecord
                    {
                        Record = new GeneratedRecord { Index = index },
                        Sampled = sampling is { Draws: true } ? sampling.At(index).ToJsonString(Plain) : "",
                    }),
            ];
        }

        /// <summary>Whether nothing more is to be asked for.</summary>
        public bool IsOver => calls >= CallsPerRecord * records.Length || records.All(IsEnded);

        /// <summary>The first request.</summary>
        public RunRequest Request()
        {
            var request = new RunRequest
            {
                TaskId = task.Id,
                Spec = task.ToSpec(),
                Calls = CallsPerRecord * records.Length,
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

        /// <summary>Takes in what happened, and tells which records are to be made again.</summary>
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
                    // The Runner tells of the rejection when it makes the record again.
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
        public PreviewReply ToReply(Prices prices, int capacity)
        {
            var reply = new PreviewReply
            {
                ResponseFormat = responseFormat,
                Estimate = Estimator.Of(
                    task.Count,
                    calls,
                    [.. records.Select(record => record.Record).Where(record => record.HasData)],
                    Math.Min(task.Concurrency ?? capacity, capacity),
                    prices
                ),
            };
            foreach (var record in records)
            {
                if (!IsEnded(record))
                {
                    record.Record.Error =
                        calls >= CallsPerRecord * records.Length
                            ? string.Create(
                                CultureInfo.InvariantCulture,
                                $"It was not made within the preview's {CallsPerRecord * records.Length} calls."
                            )
                            : problem;
                }

                reply.Records.Add(record);
            }

            return reply;
        }

        private static bool IsEnded(PreviewedRecord record) =>
            record.Record.OutcomeCase != GeneratedRecord.OutcomeOneofCase.None;

        private int PlaceOf(int index) => Array.FindIndex(records, record => record.Record.Index == index);

        // What is to be told of a good record that repeats another one.
        private Again? Repeats(int place, GeneratedRecord record) =>
            claimed?.Claim(Claim.Of(place, record.Data.Memory, sampling!.Keys)) is { } repeat
                ? new Again
                {
                    Record = record,
                    Problem = sampling.Keys.Problem(repeat.Set, $"record {records[repeat.Of].Record.Index + 1}"),
                    Kind = repeat.IsNear ? RejectionKind.Near : RejectionKind.Duplicate,
                }
                : null;
    }
}
