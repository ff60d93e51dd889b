using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace DataGen.ServiceDefaults.Grpc.Discovery;

/// <summary>
/// Follows the addresses of one service. It looks them up again when service discovery reports a change, when a
/// connection was lost, and every 30 seconds, because DNS reports no changes. While the look-up fails, the known
/// addresses stay in use.
/// </summary>
internal sealed partial class DiscoveryResolver(
    ServiceEndpointResolver discovery,
    string service,
    TimeProvider clock,
    ILogger<DiscoveryResolver> logger
) : Resolver
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgainForNothing = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly CancellationTokenSource stop = new();
    private IReadOnlySet<DnsEndPoint> known = new HashSet<DnsEndPoint>();
    private string? lastProblem;

    public override void Start(Action<ResolverResult> listener) =>
        _ = Task.Run(() => FollowAsync(listener, stop.Token));

    public override void Refresh() => wake.Writer.TryWrite(true);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stop.Cancel();
        }

        base.Dispose(disposing);
    }

    private async Task FollowAsync(Action<ResolverResult> listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var changes = await LookAsync(listener, cancellationToken);
                using var changed = changes?.RegisterChangeCallback(
                    static resolver => ((DiscoveryResolver)resolver!).Refresh(),
                    this
                );
                await using var late = clock.CreateTimer(
                    static resolver => ((DiscoveryResolver)resolver!).Refresh(),
                    this,
                    lastProblem is null ? LookAgain : LookAgainForNothing,
                    Timeout.InfiniteTimeSpan
                );
                await wake.Reader.ReadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The channel is no longer in use.
        }
        catch (ObjectDisposedException)
        {
            // The process is ending, and service discovery is disposed of before the channel.
        }
    }

    private async Task<IChangeToken?> LookAsync(Action<ResolverResult> listener, CancellationToken cancellationToken)
    {
        IChangeToken? changes = null;
        try
        {
            var found = await FindAsync(cancellationToken);
            changes = found.ChangeToken;
            var addresses = await PeerAddresses.OfAsync(service, found.Endpoints, cancellationToken);
            lastProblem = null;
            if (!known.SetEquals(addresses))
            {
                // Only when they differ: a balancer that gets the same addresses again breaks off connections in
                // progress.
                known = addresses;
                // In random order, so that clients that connect to the first one do not all choose the same replica.
                listener(
                    ResolverResult.ForResult([.. addresses.Shuffle().Select(address => new BalancerAddress(address))])
                );
            }
        }
        catch (Exception exception)
            when (exception is not ObjectDisposedException
                && (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            )
        {
            var problem =
                exception is SocketException
                    ? $"The addresses of '{service}' cannot be found: {exception.Message}"
                    : exception.Message;
            if (problem != lastProblem)
            {
                Log.NotFound(logger, service, problem);
            }

            lastProblem = problem;
            if (known.Count == 0)
            {
                listener(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, problem, exception)));
            }
        }

        return changes;
    }

    private async ValueTask<ServiceEndpointSource> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Both schemes, so that an https address causes an error instead of being ignored silently.
            return await discovery.GetEndpointsAsync($"https+http://_grpc.{service}", cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            throw new InvalidOperationException(
                $"Services__{service}__grpc cannot be read: {exception.Message}",
                exception
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Looking for the replicas of {Service}: {Problem}")]
        public static partial void NotFound(ILogger logger, string service, string problem);
    }
}
