using Polly;
using Polly.Retry;

namespace DataGen.Tasks.Failures;

/// <summary>Repeats what failed for a reason that may pass: after 0.2 s at first, 5 s at most, with jitter, for as long
/// as it takes.</summary>
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
    /// <param name="act">What is to be done; it must do no harm when it is done again.</param>
    /// <param name="onFailure">Told of each transient failure.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
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
                    // The pipeline would throw the last failure in place of the cancellation.
                    token.ThrowIfCancellationRequested();
                    onFailure(exception);
                    throw;
                }
            },
            cancellationToken
        );
}
