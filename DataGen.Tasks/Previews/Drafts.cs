using DataGen.Contracts;
using DataGen.Tasks.Failures;
using DataGen.Tasks.Shards;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Has a Runner ask the model for a definition, and stores nothing.</summary>
internal sealed class Drafts(RunnerConnections runners, TimeProvider clock)
{
    // Three calls of a slow model.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <param name="user">Who asks.</param>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="RpcException">No Runner answers.</exception>
    public async Task<DraftReply> MakeAsync(string user, string prompt, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var deadline = clock.CreateTimer(_ => ending.Cancel(), null, Longest, Timeout.InfiniteTimeSpan);
        try
        {
            var runner = await runners.OpenAsync(user, ending.Token);
            try
            {
                return await runner.Client.DraftAsync(user, prompt, ending.Token);
            }
            finally
            {
                runners.Close(runner);
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or RpcException
                && ending.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            return new DraftReply { Problem = $"The model gave no definition within {Longest.TotalSeconds:0} s." };
        }
        catch (RpcException refusal) when (refusal.IsTransient())
        {
            throw Api.Failures.Unavailable("No Runner can be reached.");
        }
    }
}
