using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DataGen.Mock.Faults;
using DataGen.Mock.Records;
using DataGen.Mock.Statistics;

namespace DataGen.Mock.Inference;

/// <summary>Stands in for the model: takes its time, makes a record, and spoils it when told to.</summary>
internal sealed class CompletionEngine(
    MockFaults allFaults,
    Dice dice,
    RecordGenerator records,
    MockStatistics statistics,
    TimeProvider clock
) : IDisposable
{
    private readonly InferenceFaults faults = allFaults.Inference;
    private readonly CallGate gate = new(allFaults.Inference.Serialised);

    public async Task<Completion> CompleteAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7().ToString("N");
        if (dice.Hits(faults.QueueFullRate))
        {
            return new Completion(id, CompletionEnd.QueueFull, CompletionOutcome.Failed);
        }

        var started = clock.GetTimestamp();
        using var turn = await gate.EnterAsync(cancellationToken);
        if (dice.Hits(faults.HangRate))
        {
            var seconds = faults.HangSeconds.Take();
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock, cancellationToken);
            return new Completion(id, CompletionEnd.TimedOut, CompletionOutcome.Failed) { TimeoutSeconds = seconds };
        }

        var latency =
            faults.LatencyMs.Take()
            + (faults.JitterMs.Take() is > 0 and var jitter ? ((2 * dice.Next()) - 1) * jitter : 0);
        if (latency > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(latency), clock, cancellationToken);
        }

        if (dice.Hits(faults.ErrorRate))
        {
            var status = int.Parse(faults.ErrorStatus.Take(), CultureInfo.InvariantCulture);
            return new Completion(id, CompletionEnd.Failed, CompletionOutcome.Failed) { Status = status };
        }

        var mistakes = DrawMistakes(request);
        var record = records.Generate(request, mistakes);
        var spoilt = dice.Hits(faults.MalformedRate) ? Kind(faults.MalformedKind.Take()) : null;
        if (spoilt is "errorIn200")
        {
            return new Completion(id, CompletionEnd.ErrorIn200, CompletionOutcome.Malformed);
        }

        var (text, outcome) = Spoil(record, spoilt, request.Schema is not null);
        var tokens = Tokens.Count(text);
        var cut = tokens > request.MaxTokens;
        if (cut)
        {
            text = Tokens.Take(text, request.MaxTokens).ToString();
            tokens = request.MaxTokens;
            outcome = outcome is CompletionOutcome.Malformed ? outcome : CompletionOutcome.Truncated;
        }

        var prompt = request.Messages.Sum(message => Tokens.Count(message.Content) + 4);
        if (outcome is CompletionOutcome.Succeeded or CompletionOutcome.Wrapped)
        {
            statistics.Inference.Answered(record, prompt, tokens);
        }

        return new Completion(id, CompletionEnd.Answered, outcome)
        {
            Text = text,
            FinishReason = cut ? "length" : "stop",
            PromptTokens = prompt,
            CompletionTokens = tokens,
            HasUsage = !faults.NoUsage.Take(),
            Created = clock.GetUtcNow(),
            Elapsed = clock.GetElapsedTime(started),
        };
    }

    public void Dispose() => gate.Dispose();

    /// <summary>What the switches make the model do wrong. In a correction it is right.</summary>
    private Mistakes DrawMistakes(CompletionRequest request)
    {
        var mistakes = faults.SameRecord.Take() ? Mistakes.CopiesFirst : Mistakes.None;
        if (request.IsCorrection)
        {
            return mistakes;
        }

        return mistakes
            | (faults.IgnoreSchema.Take() ? Mistakes.IgnoresSchema : 0)
            | (dice.Hits(faults.DuplicateRate) ? Mistakes.CopiesFirst : 0)
            | (dice.Hits(faults.InvalidRate) ? Mistakes.WrongType : 0)
            | (dice.Hits(faults.WrongSampledRate) ? Mistakes.ChangesGivenValue : 0);
    }

    private string Kind(string chosen) =>
        chosen is "any"
            ? InferenceFaults.MalformedKinds[(int)(dice.Next() * InferenceFaults.MalformedKinds.Length)]
            : chosen;

    private static (string Text, CompletionOutcome Outcome) Spoil(string record, string? kind, bool hasSchema) =>
        kind switch
        {
            null => (record, CompletionOutcome.Succeeded),
            "truncated" => (record[..(record.Length / 2)], CompletionOutcome.Malformed),
            "prose" => (
                $"Sure! Here is the record you asked for:\n\n{record}\n\nLet me know if you need another one.",
                CompletionOutcome.Wrapped
            ),
            "fenced" => ($"```json\n{record}\n```", CompletionOutcome.Wrapped),
            "empty" => ("", CompletionOutcome.Malformed),
            "wrongShape" => (WrongShape(record, hasSchema), CompletionOutcome.Malformed),
            _ => throw new UnreachableException($"There is no malformed answer '{kind}'."),
        };

    /// <summary>Valid JSON that is no such record: an object without its members when a schema names them, else a bare
    /// list of the values.</summary>
    private static string WrongShape(string record, bool hasSchema)
    {
        if (hasSchema)
        {
            return """{"unexpected":"This object has none of the members that were asked for."}""";
        }

        using var document = JsonDocument.Parse(record);
        return document.RootElement.ValueKind is JsonValueKind.Object
            ? $"[{string.Join(',', document.RootElement.EnumerateObject().Select(member => member.Value.GetRawText()))}]"
            : "[]";
    }
}
