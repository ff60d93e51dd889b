using DataGen.Contracts;
using DataGen.Tests.Support;
using Grpc.Core;

namespace DataGen.Tests.ServiceDefaults;

public sealed class BalancedGrpcClientTests
{
    private static readonly TaskReference Read = new() { Id = "t" };
    private static readonly CreateTaskRequest Write = new()
    {
        Spec = new GenerationSpec { Prompt = "p", Count = 1 },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_go_to_all_replicas_in_turn()
    {
        await using var peers = await Peers.StartAsync(3);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);

        for (var i = 0; i < 30; i++)
        {
            await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
        }

        Assert.Equal([10, 10, 10], peers.All.Select(peer => peer.Calls));
    }

    [Fact]
    public async Task When_a_replica_dies_every_call_goes_on_and_when_it_returns_it_takes_calls_again()
    {
        await using var peers = await Peers.StartAsync(3);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var made = 0;
        var callers = Enumerable
            .Range(0, 4)
            .Select(async _ =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
                    Interlocked.Increment(ref made);
                }
            })
            .ToArray();

        await Eventually.TrueAsync(() => Volatile.Read(ref made) > 100);
        await peers.All[1].KillAsync();
        var (madeAtDeath, callsAtDeath) = (Volatile.Read(ref made), peers.All[1].Calls);
        await Eventually.TrueAsync(() => Volatile.Read(ref made) > madeAtDeath + 200);
        Assert.Equal(callsAtDeath, peers.All[1].Calls);
        await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
        var watch = new UncontendedStopwatch();
        await peers.All[1].StartAgainAsync();
        await Eventually.TrueAsync(
            () => peers.All[1].Calls > callsAtDeath + 10,
            "the replica that returned takes calls"
        );

        watch.AssertWithin(5, "The call");
        await stop.CancelAsync();
        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task A_write_goes_elsewhere_when_the_replica_is_stopping_and_takes_no_new_connection()
    {
        await using var peers = await Peers.StartAsync(2);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);
        using var first = client.Tasks.Watch(new TaskReference { Id = "t" }, cancellationToken: Cancel);
        using var second = client.Tasks.Watch(new TaskReference { Id = "t" }, cancellationToken: Cancel);
        Assert.True(await first.ResponseStream.MoveNext(Cancel));
        Assert.True(await second.ResponseStream.MoveNext(Cancel));
        peers.Reset();

        var stopping = peers.All[0].BeginStopAsync();
        for (var i = 0; i < 50; i++)
        {
            await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
        }

        Assert.False(stopping.IsCompleted);
        Assert.Equal(50, peers.All.Sum(peer => peer.Calls));
        Assert.InRange(peers.All[1].Calls, 45, 50);
    }

    [Fact]
    public async Task With_no_replica_there_a_call_is_unavailable_at_once_and_succeeds_soon_after_one_has_come()
    {
        await using var peers = await Peers.StartAsync(2);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);
        await peers.All[0].KillAsync();
        await peers.All[1].KillAsync();

        foreach (
            var call in new Func<Task>[]
            {
                () => client.Tasks.CreateAsync(Write, cancellationToken: Cancel).ResponseAsync,
                () => client.Tasks.GetAsync(Read, cancellationToken: Cancel).ResponseAsync,
            }
        )
        {
            var watch = new UncontendedStopwatch();
            var exception = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
            watch.AssertWithin(3, "The call");
        }

        await peers.All[0].StartAgainAsync();
        var comeBack = new UncontendedStopwatch();
        await Eventually.TrueAsync(() => AnswersAsync(client));
        comeBack.AssertWithin(5, "The first answer");
    }

    [Fact]
    public async Task A_client_that_starts_before_its_service_finds_it_when_it_is_there()
    {
        await using var client = new BalancedClient($"http://127.0.0.1:{FreePort.Find()}");
        var watch = new UncontendedStopwatch();
        var exception = await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.CreateAsync(Write, cancellationToken: Cancel).ResponseAsync
        );
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        watch.AssertWithin(3, "The call");

        await using var peers = await Peers.StartAsync(1);
        client.Set(peers.Addresses);
        var comeBack = new UncontendedStopwatch();
        await Eventually.TrueAsync(() => AnswersAsync(client));
        comeBack.AssertWithin(5, "The first answer");
    }

    [Fact]
    public async Task A_peer_that_accepts_connections_and_stays_silent_costs_one_read_the_time_of_the_pings_and_the_others_nothing()
    {
        using var silent = new SilentPeer();
        await using var peers = await Peers.StartAsync(2);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);
        client.Set([.. peers.Addresses, silent.Address]);
        Task? caught = null;
        for (var i = 0; caught is null; i++)
        {
            Assert.True(i < 10_000, "no call went to the silent peer");
            var call = client.Tasks.GetAsync(Read, cancellationToken: Cancel).ResponseAsync;
            caught = await Task.WhenAny(call, silent.Received) == call ? null : call;
        }

        var began = new UncontendedStopwatch();
        var callsMade = 0;
        for (; !caught.IsCompleted; callsMade++)
        {
            var watch = new UncontendedStopwatch();
            await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
            watch.AssertWithin(4, "The call");
            await Task.Delay(10, Cancel);
        }

        await caught;
        Assert.InRange(began.Elapsed.TotalSeconds, 5, double.MaxValue);
        began.AssertWithin(14, "The call");
        for (var i = 0; i < 20; i++)
        {
            var watch = new UncontendedStopwatch();
            await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
            watch.AssertWithin(4, "The call");
        }

        Assert.True(callsMade > 20, $"only {callsMade} calls were made while the peer was silent");
    }

    [Fact]
    public async Task A_write_to_a_silent_peer_is_unavailable_after_the_time_of_the_pings_and_never_sent_twice()
    {
        using var silent = new SilentPeer();
        await using var client = new BalancedClient(silent.Address);

        var watch = new UncontendedStopwatch();
        var exception = await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.CreateAsync(Write, cancellationToken: Cancel).ResponseAsync
        );

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 5, double.MaxValue);
        watch.AssertWithin(14, "The call");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Behind_one_address_the_next_call_after_a_replica_died_reaches_another(bool atRandom)
    {
        await using var peers = await Peers.StartAsync(2);
        await using var proxy = atRandom ? TcpProxy.AtRandom(peers.Addresses) : TcpProxy.InTurn(peers.Addresses);
        await using var client = new BalancedClient(proxy.Address);
        for (var deaths = 0; deaths < 4; deaths++)
        {
            peers.Reset();
            await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
            var dead = peers.All.Single(peer => peer.Calls == 1);
            await dead.KillAsync();

            await client.Tasks.GetAsync(Read, cancellationToken: Cancel);

            Assert.Equal(1, peers.All.Single(peer => peer != dead).Calls);
            await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
            await dead.StartAgainAsync();
        }
    }

    [Fact]
    public async Task Addresses_that_change_are_followed()
    {
        await using var peers = await Peers.StartAsync(2);
        await using var client = new BalancedClient(peers.Addresses[0]);
        await client.Tasks.GetAsync(Read, cancellationToken: Cancel);

        client.Set(peers.Addresses[1]);

        await Eventually.GetAsync(
            async () =>
            {
                peers.Reset();
                await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
                return peers.All[1].Calls;
            },
            calls => calls == 1
        );
    }

    [Fact]
    public async Task A_host_name_stands_for_its_addresses()
    {
        await using var peers = await Peers.StartAsync(1);
        await using var client = new BalancedClient($"http://localhost:{peers.All[0].Port}");

        await client.Tasks.CreateAsync(Write, cancellationToken: Cancel);
    }

    [Theory]
    [InlineData(null, "No address of 'tasks' is known: set Services__tasks__grpc__0.")]
    [InlineData(
        "https://127.0.0.1:1",
        "Services__tasks__grpc: 'https://127.0.0.1:1' is not an http address; between the services gRPC runs without TLS."
    )]
    [InlineData("bad value", "Services__tasks__grpc cannot be read: ")]
    [InlineData("http://no-such-host.invalid:1", "The addresses of 'tasks' cannot be found: ")]
    public async Task An_address_that_is_missing_or_no_use_is_named(string? address, string message)
    {
        await using var client = address is null ? new BalancedClient() : new BalancedClient(address);

        var exception = await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.CreateAsync(Write, cancellationToken: Cancel).ResponseAsync
        );

        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.StartsWith(message, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_replica_refuses_is_asked_again_elsewhere_only_when_it_is_repeatable()
    {
        await using var peers = await Peers.StartAsync(2);
        await using var client = new BalancedClient(peers.Addresses);
        await UntilAllAnswerAsync(client, peers);

        peers.All[0].Refusal = peers.All[1].Refusal = StatusCode.Unavailable;
        await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.CreateAsync(Write, cancellationToken: Cancel).ResponseAsync
        );
        Assert.Equal(1, peers.All.Sum(peer => peer.Calls));

        peers.Reset();
        await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.GetAsync(Read, cancellationToken: Cancel).ResponseAsync
        );
        Assert.Equal(3, peers.All.Sum(peer => peer.Calls));

        peers.All[1].Refusal = null;
        for (var i = 0; i < 4; i++)
        {
            await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
        }

        peers.Reset();
        peers.All[0].Refusal = peers.All[1].Refusal = StatusCode.Internal;
        await Assert.ThrowsAsync<RpcException>(() =>
            client.Tasks.GetAsync(Read, cancellationToken: Cancel).ResponseAsync
        );
        Assert.Equal(1, peers.All.Sum(peer => peer.Calls));
    }

    private static async Task<bool> AnswersAsync(BalancedClient client)
    {
        try
        {
            await client.Tasks.GetAsync(Read, cancellationToken: Cancel);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }

    private static async Task UntilAllAnswerAsync(BalancedClient client, Peers peers)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        enough.CancelAfter(TimeSpan.FromSeconds(20));
        while (peers.All.Any(peer => peer.Calls == 0))
        {
            await Task.WhenAny(
                client.Tasks.GetAsync(Read, cancellationToken: enough.Token).ResponseAsync,
                Task.Delay(200, enough.Token)
            );
            enough.Token.ThrowIfCancellationRequested();
        }

        peers.Reset();
    }
}
