using DataGen.Contracts;
using DataGen.Tasks.Shards;
using Grpc.Core;

namespace DataGen.Tasks.Previews;

/// <summary>Has a Runner ask the model for a definition, and stores nothing.</summary>
internal sealed class Drafts(RunnerConnections runners, TimeProvider clock)
{
    // Three calls of a slow model.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <param name="user">The user who asks.</param>
    /// <param name="prompt">What one record looks like.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="RpcException">No Runner answers.</exception>
    public async Task<DraftReply> MakeAsync(string user, string prompt, CancellationToken cancellationToken)
    {
        var reply = new DraftReply { Problem = $"The model gave no definition within {Longest.TotalSeconds:0} s." };
        await BoundedCalls.MakeAsync(Longest, clock, AskAsync, cancellationToken);
        return reply;

        async Task AskAsync(CancellationToken ending)
        {
            var runner = await runners.OpenAsync(user, ending);
            try
            {
                reply = await runner.Client.DraftAsync(user, prompt, ending);
            }
            finally
            {
                runners.Close(runner);
            }
        }
    }
}
