using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Makes one attempt at one record: one call, one answer, one record or the reason why not.</summary>
internal sealed class RecordGenerator(IChatClient chat, InferenceSettings settings, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task<AttemptOutcome> TryAsync(RecordPrompt prompt, int index, CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        ChatResponse answer;
        try
        {
            answer = await chat.GetResponseAsync(prompt.For(index), prompt.Options, cancellationToken);
        }
        catch (InferenceException exception)
        {
            return new AttemptOutcome
            {
                Failure = exception.Failure,
                Reason = exception.Message,
                RetryAfter = exception.RetryAfter,
            };
        }

        var outcome = new AttemptOutcome
        {
            InputTokens = answer.Usage?.InputTokenCount ?? 0,
            OutputTokens = answer.Usage?.OutputTokenCount ?? 0,
        };
        if (answer.FinishReason == ChatFinishReason.Length)
        {
            return outcome with
            {
                Failure = InferenceFailure.Unusable,
                Reason = $"The answer was cut off at {prompt.Options.MaxOutputTokens} tokens.",
            };
        }

        var left = settings.AttemptDeadline - clock.GetElapsedTime(begun);
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return outcome with { Data = RecordReader.Read(answer.Text, either.Token) };
        }
        catch (FormatException exception)
        {
            return outcome with { Failure = InferenceFailure.Unusable, Reason = exception.Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return outcome with
            {
                Failure = InferenceFailure.Unusable,
                Reason =
                    $"The answer could not be read within the attempt's {settings.AttemptDeadline.TotalSeconds:0.#} s.",
            };
        }
    }
}
