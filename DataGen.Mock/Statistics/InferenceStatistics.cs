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
    private readonly CallMeter _meter = new();
    private readonly long[] _outcomes = new long[Enum.GetValues<CompletionOutcome>().Length];
    private readonly ConcurrentDictionary<int, long> _byStatus = new();
    private readonly HashSet<ulong> _answers = [];
    private long _promptTokens;
    private long _completionTokens;

    public CallMeter Meter => _meter;

    public long Count(CompletionOutcome outcome) => Interlocked.Read(ref _outcomes[(int)outcome]);

    public CompletionCall Start() => new(this);

    /// <summary>Counts a whole record: its tokens, and its text among the different ones (by a 64-bit hash).</summary>
    public void Answered(string record, int promptTokens, int completionTokens)
    {
        var textHash = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(record.AsSpan())));
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
        lock (_answers) _answers.Add(textHash);
    }

    public void Ended(CompletionOutcome outcome, int? status)
    {
        Interlocked.Increment(ref _outcomes[(int)outcome]);
        if (status is { } code) _byStatus.AddOrUpdate(code, 1, static (_, count) => count + 1);
    }

    public void Reset()
    {
        _meter.Reset();
        for (var i = 0; i < _outcomes.Length; i++) Interlocked.Exchange(ref _outcomes[i], 0);
        _byStatus.Clear();
        lock (_answers) _answers.Clear();
        Interlocked.Exchange(ref _promptTokens, 0);
        Interlocked.Exchange(ref _completionTokens, 0);
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("inference");
        json.WriteNumber("requested", _meter.Calls);
        json.WriteNumber("succeeded", Count(CompletionOutcome.Succeeded));
        json.WriteNumber("wrapped", Count(CompletionOutcome.Wrapped));
        json.WriteNumber("failed", Count(CompletionOutcome.Failed));
        json.WriteNumber("malformed", Count(CompletionOutcome.Malformed));
        json.WriteNumber("truncated", Count(CompletionOutcome.Truncated));
        json.WriteNumber("aborted", Count(CompletionOutcome.Aborted));
        json.WriteNumber("inFlight", _meter.InFlight);
        json.WriteNumber("maxConcurrent", _meter.MostInFlight);
        lock (_answers) json.WriteNumber("distinctAnswers", _answers.Count);
        json.WriteNumber("promptTokens", Interlocked.Read(ref _promptTokens));
        json.WriteNumber("completionTokens", Interlocked.Read(ref _completionTokens));
        json.WriteStartObject("byStatus");
        foreach (var (status, count) in _byStatus.OrderBy(pair => pair.Key)) json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
