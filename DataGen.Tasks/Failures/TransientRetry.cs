using Polly;
using Polly.Retry;

namespace DataGen.Tasks.Failures;

/// <summary>Repeats an action that failed transiently, for as long as it takes: after 0.2 s at first, 5 s at most, with
/// jitter.</summary>
internal sealed class TransientRetry(TimeProvider clock)
{
    private readonly ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception?.IsTransient() ?? false),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(0.2),
                MaxDelay = TimeSpan.FromSeconds(5),
            }
        )
        .Build();

    /// <summary>Returns when <paramref name="act"/> has succeeded.</summary>
    /// <param name="act">The action; it must be harmless to repeat.</param>
    /// <param name="onFailure">Called with each transient failure.</param>
    /// <param name="cancellationToken">Ends the repetition.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="Exception">A failure that is not transient, as it was thrown.</exception>
    public async Task RunAsync(
        Func<CancellationToken, Task> act,
        Action<Exception> onFailure,
        CancellationToken cancellationToken
    ) =>
        await pipeline.ExecuteAsync(
            async token =>
            {
                try
                {
                    await act(token);
                }
                catch (Exception exception) when (exception.IsTransient())
                {
                    // Otherwise the pipeline would throw the last failure instead of the cancellation.
                    token.ThrowIfCancellationRequested();
                    onFailure(exception);
                    throw;
                }
            },
            cancellationToken
        );
}
