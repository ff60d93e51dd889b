using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of completions.</summary>
internal sealed class InferenceStatistics
{
    private readonly long[] outcomes = new long[Enum.GetValues<CompletionOutcome>().Length];
    private readonly ConcurrentDictionary<int, long> byStatus = new();
    private readonly HashSet<ulong> answers = [];
    private long promptTokens;
    private long completionTokens;

    public CallMeter Meter { get; } = new();

    public long Count(CompletionOutcome outcome) => Interlocked.Read(ref outcomes[(int)outcome]);

    public CompletionCall Start() => new(this);

    /// <summary>Counts a whole record: its tokens, and its text among the different ones (by a 64-bit hash).</summary>
    public void Answered(string record, int promptTokens, int completionTokens)
    {
        var textHash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(record.AsSpan())));
        Interlocked.Add(ref this.promptTokens, promptTokens);
        Interlocked.Add(ref this.completionTokens, completionTokens);
        lock (answers)
        {
            answers.Add(textHash);
        }
    }

    public void Ended(CompletionOutcome outcome, int? status)
    {
        Interlocked.Increment(ref outcomes[(int)outcome]);
        if (status is { } code)
        {
            byStatus.AddOrUpdate(code, 1, static (_, count) => count + 1);
        }
    }

    public void Reset()
    {
        Meter.Reset();
        for (var i = 0; i < outcomes.Length; i++)
        {
            Interlocked.Exchange(ref outcomes[i], 0);
        }

        byStatus.Clear();
        lock (answers)
        {
            answers.Clear();
        }

        Interlocked.Exchange(ref promptTokens, 0);
        Interlocked.Exchange(ref completionTokens, 0);
    }

    public JsonObject ToJson()
    {
        int distinct;
        lock (answers)
        {
            distinct = answers.Count;
        }

        return new JsonObject
        {
            ["requested"] = Meter.Calls,
            ["succeeded"] = Count(CompletionOutcome.Succeeded),
            ["wrapped"] = Count(CompletionOutcome.Wrapped),
            ["failed"] = Count(CompletionOutcome.Failed),
            ["malformed"] = Count(CompletionOutcome.Malformed),
            ["truncated"] = Count(CompletionOutcome.Truncated),
            ["aborted"] = Count(CompletionOutcome.Aborted),
            ["inFlight"] = Meter.InFlight,
            ["maxConcurrent"] = Meter.MostInFlight,
            ["distinctAnswers"] = distinct,
            ["promptTokens"] = Interlocked.Read(ref promptTokens),
            ["completionTokens"] = Interlocked.Read(ref completionTokens),
            ["byStatus"] = new JsonObject(
                byStatus
                    .OrderBy(pair => pair.Key)
                    .Select(pair =>
                        KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)pair.Value)
                    )
            ),
        };
    }
}
