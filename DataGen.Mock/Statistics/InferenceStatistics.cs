using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace DataGen.Mock.Statistics;

/// <summary>Counts of completions.</summary>
internal sealed class InferenceStatistics
{
    private readonly CallMeter meter = new();
    private readonly long[] outcomes = new long[Enum.GetValues<CompletionOutcome>().Length];
    private readonly ConcurrentDictionary<int, long> byStatus = new();
    private readonly HashSet<ulong> answers = [];
    private long promptTokens;
    private long completionTokens;

    public CallMeter Meter => meter;

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
        meter.Reset();
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

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("inference");
        json.WriteNumber("requested", meter.Calls);
        json.WriteNumber("succeeded", Count(CompletionOutcome.Succeeded));
        json.WriteNumber("wrapped", Count(CompletionOutcome.Wrapped));
        json.WriteNumber("failed", Count(CompletionOutcome.Failed));
        json.WriteNumber("malformed", Count(CompletionOutcome.Malformed));
        json.WriteNumber("truncated", Count(CompletionOutcome.Truncated));
        json.WriteNumber("aborted", Count(CompletionOutcome.Aborted));
        json.WriteNumber("inFlight", meter.InFlight);
        json.WriteNumber("maxConcurrent", meter.MostInFlight);
        lock (answers)
        {
            json.WriteNumber("distinctAnswers", answers.Count);
        }

        json.WriteNumber("promptTokens", Interlocked.Read(ref promptTokens));
        json.WriteNumber("completionTokens", Interlocked.Read(ref completionTokens));
        json.WriteStartObject("byStatus");
        foreach (var (status, count) in byStatus.OrderBy(pair => pair.Key))
        {
            json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
