using DataGen.Contracts;
using DataGen.ServiceDefaults.Grpc;
using DataGen.ServiceDefaults.Identity;
using Grpc.Core;

namespace DataGen.Tasks.Shards;

/// <summary>
/// Spreads leases over the Runners. Several Runners may stand behind one address, where a proxy chooses one per
/// connection, at random or in turn. So each lease has a connection of its own. Before the connection is used, the
/// Runner at its other end is asked for its identity and load: an idle Runner is taken at once; else a few more
/// connections are tried and the least busy Runner is taken.
/// </summary>
internal sealed class RunnerConnections(GrpcConnections connections, IdentityTokens identity, TimeProvider clock)
{
    // With two Runners behind a proxy that chooses at random, the idle one is missed once in 64 times.
    private const int MaxTries = 6;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    // When only one Runner is found, leases do not search for another every time.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> leases = [];
    private long lookAgainAt = clock.GetTimestamp();

    /// <summary>Connects to the least busy Runner that a few tries find. <see cref="Close"/> ends the
    /// connection.</summary>
    /// <param name="owner">In whose name the calls are made.</param>
    /// <param name="cancellationToken">The user in whose name the calls are made.</param>
    /// <exception cref="RpcException">No Runner answers.</exception>
    public async Task<RunnerConnection> OpenAsync(string owner, CancellationToken cancellationToken)
    {
        RunnerConnection? best = null;
        RpcException? problem = null;
        var seen = new HashSet<string>();
        var wanted = clock.GetTimestamp() < Volatile.Read(ref lookAgainAt) ? 1 : MaxTries;
        for (var tries = 0; tries < MaxTries && (best is null || tries < wanted); tries++)
        {
            try
            {
                var next = await ConnectAsync(owner, cancellationToken);
                seen.Add(next.Load.Instance);
                if (TryReserve(next, idleOnly: true))
                {
                    best?.Dispose();
                    return next;
                }

                (best, var other) = best is null || LoadOf(next) < LoadOf(best) ? (next, best) : (best, next);
                other?.Dispose();
            }
            catch (RpcException exception)
                when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                problem = exception;
            }
            catch
            {
                best?.Dispose();
                throw;
            }
        }

        if (seen.Count == 1 && wanted > 1)
        {
            Volatile.Write(
                ref lookAgainAt,
                clock.GetTimestamp() + (long)(LookAgain.TotalSeconds * clock.TimestampFrequency)
            );
        }

        if (best is null)
        {
            // A Runner that does not answer and one that refuses mean the same to the caller: no Runner can be reached.
            throw new RpcException(new Status(StatusCode.Unavailable, problem!.Status.Detail, problem));
        }

        TryReserve(best, idleOnly: false);
        return best;
    }

    /// <summary>The lease has ended: closes its connection.</summary>
    public void Close(RunnerConnection connection)
    {
        var instance = connection.Load.Instance;
        lock (gate)
        {
            if (--leases[instance] == 0)
            {
                leases.Remove(instance);
            }
        }

        connection.Dispose();
    }

    private async Task<RunnerConnection> ConnectAsync(string owner, CancellationToken cancellationToken)
    {
        var channel = connections.Open();
        try
        {
            var client = new RunnerClient(channel.CreateCallInvoker(), identity);
            var load = await client.GetLoadAsync(owner, DateTime.UtcNow + AnswerTimeout, cancellationToken);
            return new RunnerConnection(channel, client, load);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private bool TryReserve(RunnerConnection connection, bool idleOnly)
    {
        lock (gate)
        {
            if (idleOnly && LoadOf(connection) > 0)
            {
                return false;
            }

            var instance = connection.Load.Instance;
            leases[instance] = leases.GetValueOrDefault(instance) + 1;
            return true;
        }
    }

    /// <summary>The Runner's load, with the leases that this process is about to open: the Runner does not report those
    /// yet.</summary>
    private int LoadOf(RunnerConnection connection)
    {
        lock (gate)
        {
            return Math.Max(connection.Load.Runs, leases.GetValueOrDefault(connection.Load.Instance));
        }
    }
}
