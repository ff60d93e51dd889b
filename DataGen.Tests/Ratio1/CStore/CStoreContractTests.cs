using DataGen.Ratio1.CStore;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>What every CStore must do. A subject inherits this and says how a client is made; the store behind it may
/// be shared and hold other data.</summary>
public abstract class CStoreContractTests
{
    private readonly string prefix = $"test:{Guid.CreateVersion7():N}:";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Key => prefix + "key";

    /// <summary>A client of the subject.</summary>
    protected abstract Task<ICStore> StoreAsync();

    [Fact]
    public async Task It_answers_a_ping() => await (await StoreAsync()).PingAsync(Token);

    [Fact]
    public async Task A_missing_key_is_null() => Assert.Null(await (await StoreAsync()).GetAsync(Key, Token));

    [Fact]
    public async Task A_missing_field_is_null_also_in_a_hash_that_exists()
    {
        var store = await StoreAsync();
        Assert.Null(await store.HashGetAsync(Key, "field", Token));
        await store.HashSetAsync(Key, "other", "1", Token);
        Assert.Null(await store.HashGetAsync(Key, "field", Token));
    }

    [Fact]
    public async Task A_missing_hash_is_empty() => Assert.Empty(await (await StoreAsync()).HashGetAllAsync(Key, Token));

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("false")]
    [InlineData("12.50")]
    [InlineData("{\"a\":[1,null,true],\"error\":\"boom\",\"status_code\":404}")]
    [InlineData("naïve ϖ 🔒 \u2028 \u0000 \u001f \u007f \\ \" \r\n\t  ")]
    public async Task A_value_comes_back_as_it_was_written(string value)
    {
        var store = await StoreAsync();
        await store.SetAsync(Key, value, Token);
        await store.HashSetAsync(Key, "field", value, Token);
        Assert.Equal(value, await store.GetAsync(Key, Token));
        Assert.Equal(value, await store.HashGetAsync(Key, "field", Token));
        Assert.Equal(new Dictionary<string, string> { ["field"] = value }, await store.HashGetAllAsync(Key, Token));
    }

    [Fact]
    public async Task A_large_value_comes_back_as_it_was_written()
    {
        var store = await StoreAsync();
        var value = string.Concat(
            Enumerable.Range(0, 50_000).Select(i => $"{{\"i\":{i},\"name\":\"Ünïcode 🔒 {i}\"}}")
        );
        await store.SetAsync(Key, value, Token);
        Assert.Equal(value, await store.GetAsync(Key, Token));
    }

    [Fact]
    public async Task The_last_write_wins()
    {
        var store = await StoreAsync();
        await store.SetAsync(Key, "1", Token);
        await store.SetAsync(Key, "2", Token);
        await store.HashSetAsync(Key, "field", "3", Token);
        await store.HashSetAsync(Key, "field", "4", Token);
        Assert.Equal("2", await store.GetAsync(Key, Token));
        Assert.Equal("4", await store.HashGetAsync(Key, "field", Token));
    }

    [Fact]
    public async Task Null_removes_a_key_and_is_no_error_when_there_is_none()
    {
        var store = await StoreAsync();
        await store.SetAsync(Key, "1", Token);
        await store.SetAsync(Key, null, Token);
        await store.SetAsync(Key, null, Token);
        Assert.Null(await store.GetAsync(Key, Token));
    }

    [Fact]
    public async Task Null_removes_one_field_and_leaves_the_others()
    {
        var store = await StoreAsync();
        await store.HashSetAsync(Key, "one", "1", Token);
        await store.HashSetAsync(Key, "two", "2", Token);
        await store.HashSetAsync(Key, "one", null, Token);
        await store.HashSetAsync(Key, "three", null, Token);
        Assert.Equal(new Dictionary<string, string> { ["two"] = "2" }, await store.HashGetAllAsync(Key, Token));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("a+b&c=d?e/f#g%20")]
    [InlineData("ünïcode-🔒")]
    [InlineData("error")]
    [InlineData("result")]
    [InlineData("*~!'()")]
    public async Task Keys_and_fields_may_hold_any_text(string name)
    {
        var store = await StoreAsync();
        await store.SetAsync(prefix + name, "value", Token);
        await store.HashSetAsync(prefix + name, name, "field", Token);
        Assert.Equal("value", await store.GetAsync(prefix + name, Token));
        Assert.Equal("field", await store.HashGetAsync(prefix + name, name, Token));
        Assert.Equal(
            new Dictionary<string, string> { [name] = "field" },
            await store.HashGetAllAsync(prefix + name, Token)
        );
    }

    [Fact]
    public async Task A_value_and_a_hash_of_one_name_do_not_disturb_each_other()
    {
        var store = await StoreAsync();
        await store.HashSetAsync(Key, "field", "hash", Token);
        await store.SetAsync(Key, "value", Token);
        Assert.Equal("hash", await store.HashGetAsync(Key, "field", Token));
        await store.SetAsync(Key, null, Token);
        Assert.Equal("hash", await store.HashGetAsync(Key, "field", Token));
    }

    [Fact]
    public async Task Names_differ_by_case()
    {
        var store = await StoreAsync();
        await store.HashSetAsync(Key, "field", "1", Token);
        await store.HashSetAsync(Key, "Field", "2", Token);
        Assert.Equal(
            new Dictionary<string, string> { ["field"] = "1", ["Field"] = "2" },
            await store.HashGetAllAsync(Key, Token)
        );
    }

    [Fact]
    public async Task Many_writes_at_once_all_arrive()
    {
        var store = await StoreAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.HashSetAsync(Key, $"{i}", $"value {i}", Token)));
        Assert.Equal(
            Enumerable.Range(0, 50).ToDictionary(i => $"{i}", i => $"value {i}"),
            await store.HashGetAllAsync(Key, Token)
        );
    }

    [Fact]
    public async Task Empty_names_are_refused_before_anything_is_sent()
    {
        var store = await StoreAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => store.GetAsync("", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.SetAsync("", "1", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HashGetAsync("", "field", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HashGetAsync(Key, "", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HashSetAsync(Key, "", "1", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.HashGetAllAsync("", Token));
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_not_failed()
    {
        var store = await StoreAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.GetAsync(Key, new CancellationToken(canceled: true))
        );
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            store.SetAsync(Key, "1", new CancellationToken(canceled: true))
        );
    }
}
