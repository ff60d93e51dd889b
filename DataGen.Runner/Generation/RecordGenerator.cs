using System.Text;
using DataGen.Contracts;
using DataGen.Definition;
using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Makes one attempt at one record: one call and one answer, which gives a record or the reason why there is
/// none.</summary>
internal sealed class RecordGenerator(
    IChatClient chat,
    InferenceSettings settings,
    ServerWords words,
    RequestShapes shapes,
    TimeProvider clock
)
{
    /// <summary>How many problems of a rejected record its reason names.</summary>
    private const int TellProblems = 3;

    /// <summary>The longest answer, in characters, that is always read within a millisecond, so that no timer is
    /// needed.</summary>
    private const int ReadAtOnce = 16 * 1024;

    /// <summary>The response format that the server is asked for: <c>json_schema_strict</c>, <c>json_schema</c>,
    /// <c>json_object</c>, or <c>none</c> when it accepts no such request.</summary>
    public string ResponseFormat(RecordPrompt prompt) =>
        shapes.Current(prompt.Schema).ResponseFormat(prompt.Schema.Length > 0);

    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task<AttemptOutcome> TryAsync(
        RecordPrompt prompt,
        RecordAttempts attempts,
        CancellationToken cancellationToken
    )
    {
        var begun = clock.GetTimestamp();
        var values = prompt.ValuesOf(attempts.Index);
        var messages = prompt.For(attempts.Index, values, attempts.Correction);
        ChatResponse answer;
        try
        {
            answer = await chat.GetResponseAsync(messages, prompt.Options, cancellationToken);
        }
        catch (InferenceException exception)
        {
            return new AttemptOutcome
            {
                Failure = exception.Failure,
                Reason = exception.Message,
                RetryAfter = exception.RetryAfter,
                InputCost = MayHaveWorked(exception.Failure) ? Bytes(messages) : 0,
                OutputCost = MayHaveWorked(exception.Failure) ? prompt.Options.MaxOutputTokens ?? 0 : 0,
                Answer = IsWorthKeeping(exception) ? words.Excerpt(exception.Answer.Span) : null,
            };
        }

        var outcome = new AttemptOutcome
        {
            InputTokens = answer.Usage?.InputTokenCount ?? 0,
            OutputTokens = answer.Usage?.OutputTokenCount ?? 0,
            InputCost = answer.Usage?.InputTokenCount ?? Bytes(messages),
            OutputCost = answer.Usage?.OutputTokenCount ?? prompt.Options.MaxOutputTokens ?? 0,
        };
        var text = answer.Text;
        if (words.WhyNot(answer, prompt.Options.MaxOutputTokens, messages) is var (failure, reason))
        {
            return outcome with { Failure = failure, Reason = reason, Answer = words.Excerpt(answer) };
        }

        var left = settings.AttemptDeadline - clock.GetElapsedTime(begun);
        var mayTakeLong = left <= TimeSpan.Zero || text.Length > ReadAtOnce;
        using var deadline = mayTakeLong
            ? new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock)
            : null;
        using var either = deadline is null
            ? null
            : CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var json = RecordReader.Read(text, either?.Token ?? cancellationToken);
            var (record, flaw, problems) = prompt.Complete(json, values);
            if (words.HoldKey(record))
            {
                throw new FormatException("The record holds the inference server's API key.");
            }

            return flaw == Flaw.None
                ? outcome with
                {
                    Data = record,
                }
                : Rejection(flaw, Encoding.UTF8.GetString(record), problems) with
                {
                    InputTokens = outcome.InputTokens,
                    OutputTokens = outcome.OutputTokens,
                    InputCost = outcome.InputCost,
                    OutputCost = outcome.OutputCost,
                    Answer = words.Excerpt(answer),
                };
        }
        catch (FormatException exception)
        {
            return outcome with
            {
                Failure = InferenceFailure.Unusable,
                Reason = exception.Message,
                Answer = words.Excerpt(answer),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return outcome with
            {
                Failure = InferenceFailure.Unusable,
                Reason =
                    $"The answer could not be read within the attempt's {settings.AttemptDeadline.TotalSeconds:0.#} s.",
                Answer = words.Excerpt(answer),
            };
        }
    }

    // A server that did not answer in time, or broke off, may have made the whole answer and charged for it.
    private static bool MayHaveWorked(InferenceFailure failure) =>
        failure is InferenceFailure.TimedOut or InferenceFailure.Broken or InferenceFailure.Unusable;

    // Every token is at least one byte long.
    private static long Bytes(IEnumerable<ChatMessage> messages) =>
        messages.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text));

    /// <summary>The messages of the next attempt at a record, to be shown to people.</summary>
    public IReadOnlyList<ChatMessage> MessagesOf(RecordPrompt prompt, RecordAttempts attempts) =>
        [
            .. prompt
                .For(attempts.Index, prompt.ValuesOf(attempts.Index), attempts.Correction)
                .Select(message => new ChatMessage(message.Role, words.Hide(message.Text))),
        ];

    /// <summary>The outcome of an attempt whose record was good but was not accepted.</summary>
    public AttemptOutcome Repeated(Again again) =>
        Rejection(
            again.Kind == RejectionKind.Near ? Flaw.Near : Flaw.Duplicate,
            again.Record.Data.ToStringUtf8(),
            [again.Problem]
        );

    private AttemptOutcome Rejection(Flaw flaw, string record, IReadOnlyList<string> problems)
    {
        var told = problems.Select(words.Sentence).ToList();
        return new()
        {
            Failure = InferenceFailure.Invalid,
            Flaw = flaw,
            Reason = words.Sentence(
                $"The record is not what was asked for. {string.Join(' ', told.Take(TellProblems))}"
            ),
            Answer = words.Excerpt(record),
            Correction = record.Length <= Correction.LongestRecord ? new Correction(record, told) : null,
        };
    }

    /// <summary>Answers that say no more than the kind of the failure, and that come in large numbers, are not
    /// kept.</summary>
    private static bool IsWorthKeeping(InferenceException exception) =>
        !exception.Answer.IsEmpty
        && exception.Failure
            is not (InferenceFailure.RateLimited or InferenceFailure.Unavailable or InferenceFailure.TimedOut);
}
