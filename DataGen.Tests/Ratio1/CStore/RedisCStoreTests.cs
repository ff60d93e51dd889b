using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Tests.Ratio1.CStore;

public sealed class RedisCStoreTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_server_that_goes_away_is_a_transient_failure_and_is_found_again()
    {
        Assert.SkipWhen(RedisServer.Program is null, "redis-server is not installed");
        var token = TestContext.Current.CancellationToken;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["DATAGEN_CSTORE"] = "redis",
                    ["ConnectionStrings:redis"] =
                        $"{redis.ConnectionString},syncTimeout=500,asyncTimeout=500,connectTimeout=500",
                }
            )
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddCStore(configuration).BuildServiceProvider();
        var store = services.GetRequiredService<ICStore>();
        await store.SetAsync("key", "value", token);

        await redis.StopAsync();
        var failure = await Assert.ThrowsAsync<CStoreException>(() => store.SetAsync("key", "secret-value", token));
        Assert.True(failure.IsTransient);
        Assert.DoesNotContain("secret-value", failure.ToString(), StringComparison.Ordinal);

        await redis.StartAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                await store.SetAsync("key", "again", deadline.Token);
                break;
            }
            catch (CStoreException)
            {
                await Task.Delay(50, deadline.Token);
            }
        }

        Assert.Equal("again", await store.GetAsync("key", token));
    }
}
