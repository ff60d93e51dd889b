using DataGen.Runner.Inference;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Generation;

/// <summary>Makes one attempt at one record: one call, one answer, one record or the reason why not.</summary>
internal sealed class RecordGenerator(IChatClient chat)
{
    /// <exception cref="OperationCanceledException">The run has ended.</exception>
    public async Task<AttemptOutcome> TryAsync(RecordPrompt prompt, int index, CancellationToken cancellationToken)
    {
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

        try
        {
            return outcome with { Data = RecordReader.Read(answer.Text, cancellationToken) };
        }
        catch (FormatException exception)
        {
            return outcome with { Failure = InferenceFailure.Unusable, Reason = exception.Message };
        }
    }
}
