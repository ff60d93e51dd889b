using DataGen.Contracts;

namespace DataGen.Tests.Tasks;

/// <summary>Progress is pushed: what does not move costs nothing, and what moves is told to everybody who
/// watches.</summary>
public sealed class WatchTests : TasksServiceTest
{
    private static readonly (string Name, string Value)[] Shards =
    [
        ("DATAGEN_RECORDS_PER_SHARD", "2000"),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "20000"),
    ];

    [Fact]
    public async Task A_task_that_waits_costs_hardly_a_grain_call_however_many_watch_it()
    {
        await using var host = await TasksHost.StartAsync(new MemoryStore(), Runner.Address, Cancelled, Shards);
        Runner.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        var id = (await host.CreateAsync(16_000)).Task.Id;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var seen = new TaskProgress?[10];
        var watches = Enumerable
            .Range(0, seen.Length)
            .Select(at => WatchAsync(host, id, at, seen, leaving.Token))
            .ToArray();
        await Eventually.TrueAsync(() => Runner.OpenLeases == 8 && seen.All(progress => progress?.InFlightCount == 8));
        var before = host.GrainCalls.Total;
        await Task.Delay(TimeSpan.FromSeconds(5), Cancelled);
        Assert.True(host.GrainCalls.Total - before <= 5, $"{before} before, then {host.GrainCalls}");
        await leaving.CancelAsync();
        await Task.WhenAll(watches);
    }

    [Fact]
    public async Task All_who_watch_a_task_see_it_end_and_one_who_leaves_takes_nothing_from_the_others()
    {
        var goOn = new TaskCompletionSource();
        Runner.Before = (index, token) => index < 3 ? Task.CompletedTask : goOn.Task.WaitAsync(token);
        var id = (await Host.CreateAsync(6)).Task.Id;
        var seen = new TaskProgress?[4];
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var watches = Enumerable
            .Range(0, seen.Length)
            .Select(at => WatchAsync(Host, id, at, seen, at == 0 ? leaving.Token : Cancelled))
            .ToArray();
        await Eventually.TrueAsync(() => seen.All(progress => progress?.Task.Completed == 3));
        await leaving.CancelAsync();
        await watches[0];
        goOn.SetResult();
        await Task.WhenAll(watches);
        Assert.Equal(3, seen[0]!.Task.Completed);
        Assert.All(
            seen[1..],
            progress =>
                Assert.Equal((GenerationTaskStatus.Succeeded, 6), (progress!.Task.Status, progress.Task.Completed))
        );
        var late = new TaskProgress?[1];
        await WatchAsync(Host, id, 0, late, Cancelled);
        Assert.Equal(seen[1], late[0]);
    }

    [Fact]
    public async Task Why_records_are_made_again_is_told_while_they_are()
    {
        const string Failed = "The inference server failed (500).";
        const string Rejected = "The record is not what was asked for.";
        var goOn = new TaskCompletionSource();
        Runner.First = new RunUpdate
        {
            Retrying =
            {
                new AttemptFailed
                {
                    Index = 0,
                    Attempt = 1,
                    Reason = Failed,
                },
                new AttemptFailed
                {
                    Index = 1,
                    Attempt = 1,
                    Reason = Rejected,
                },
                new AttemptFailed
                {
                    Index = 2,
                    Attempt = 1,
                    Reason = Failed,
                },
            },
        };
        Runner.Before = (index, token) => index < 1 ? Task.CompletedTask : goOn.Task.WaitAsync(token);
        var id = (await Host.CreateAsync(6)).Task.Id;
        var seen = new TaskProgress?[1];
        var watching = WatchAsync(Host, id, 0, seen, Cancelled);

        // The first is stored, so that one of each is left.
        await Eventually.TrueAsync(() => seen[0]?.Task.Completed == 1);
        Assert.Equal(
            [(Failed, 1, 2), (Rejected, 1, 1)],
            seen[0]!.Retrying.Select(group => (group.Message, group.Count, group.FirstIndex)).OrderBy(group => group)
        );

        goOn.SetResult();
        await watching;
        Assert.Equal((6, 0), (seen[0]!.Task.Completed, seen[0]!.Retrying.Count));
    }

    [Fact]
    public async Task Who_watches_a_task_that_is_deleted_is_told_that_it_is_gone()
    {
        Runner.Before = (_, token) => Task.Delay(Timeout.Infinite, token);
        var id = (await Host.CreateAsync(6)).Task.Id;
        var seen = new TaskProgress?[1];
        var watching = WatchAsync(Host, id, 0, seen, Cancelled);
        await Eventually.TrueAsync(() => seen[0] is not null);
        await Host.Client.DeleteAsync(new TaskReference { Id = id }, Host.As("ada"), cancellationToken: Cancelled);
        var gone = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => watching);
        Assert.Equal(Grpc.Core.StatusCode.NotFound, gone.StatusCode);
    }

    private static async Task WatchAsync(
        TasksHost host,
        string id,
        int at,
        TaskProgress?[] seen,
        CancellationToken cancellationToken
    )
    {
        using var watch = host.Client.Watch(
            new TaskReference { Id = id },
            host.As("ada"),
            cancellationToken: cancellationToken
        );
        try
        {
            while (await watch.ResponseStream.MoveNext(cancellationToken))
            {
                seen[at] = watch.ResponseStream.Current;
            }
        }
        catch (Exception exception)
            when (cancellationToken.IsCancellationRequested
                && exception
                    is OperationCanceledException
                        or Grpc.Core.RpcException { StatusCode: Grpc.Core.StatusCode.Cancelled }
            )
        {
            // Left, as it was told to.
        }
    }
}
