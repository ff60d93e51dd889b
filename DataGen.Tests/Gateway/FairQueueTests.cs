using DataGen.Gateway.Auth;

namespace DataGen.Tests.Gateway;

public sealed class FairQueueTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_with_many_waiters_holds_another_up_by_one_turn()
    {
        var queue = new FairQueue<string>(mostPerKey: 4, mostKeys: 10);
        var order = new List<string>();
        var first = await queue.EnterAsync("ann", Ct);
        var all = new List<Task>();
        foreach (var key in (string[])["ann", "ann", "ann", "bob", "eve", "ann", "bob"])
        {
            all.Add(RunAsync(key));
        }

        first!.Dispose();
        await Task.WhenAll(all);

        Assert.Equal(["ann", "bob", "eve", "ann", "bob", "ann", "ann"], order);

        async Task RunAsync(string key)
        {
            using var turn = await queue.EnterAsync(key, Ct);
            order.Add(key);
        }
    }

    [Fact]
    public async Task Neither_a_key_nor_all_keys_have_more_waiters_than_they_may()
    {
        var queue = new FairQueue<string>(mostPerKey: 2, mostKeys: 2);
        var first = await queue.EnterAsync("ann", Ct);
        Task<IDisposable?>[] waiting =
        [
            queue.EnterAsync("ann", Ct),
            queue.EnterAsync("ann", Ct),
            queue.EnterAsync("bob", Ct),
        ];

        Assert.Null(await queue.EnterAsync("ann", Ct));
        Assert.Null(await queue.EnterAsync("eve", Ct));
        Assert.All(waiting, each => Assert.False(each.IsCompleted));

        first!.Dispose();
        foreach (var index in (int[])[0, 2, 1])
        {
            (await waiting[index])!.Dispose();
        }

        using var again = await queue.EnterAsync("eve", Ct);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Who_goes_away_leaves_the_place_to_others_and_takes_no_turn()
    {
        var queue = new FairQueue<string>(mostPerKey: 1, mostKeys: 10);
        var first = await queue.EnterAsync("ann", Ct);
        using var away = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var gone = queue.EnterAsync("ann", away.Token);
        var goneToo = queue.EnterAsync("bob", away.Token);
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => goneToo);
        var stayed = queue.EnterAsync("ann", Ct);

        first!.Dispose();
        first.Dispose();
        (await stayed)!.Dispose();

        using var turn = await queue.EnterAsync("eve", Ct);
        Assert.NotNull(turn);
    }
}
