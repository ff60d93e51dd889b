using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Tests.Ratio1.CStore;

/// <summary>The Redis implementation on a real redis-server.</summary>
public sealed class RedisCStoreContractTests(RedisServer redis)
    : CStoreContractTests,
        IClassFixture<RedisServer>,
        IAsyncDisposable
{
    private ServiceProvider? services;

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }
    }

    protected override Task<ICStore> StoreAsync()
    {
        Assert.SkipWhen(RedisServer.Program is null, "redis-server is not installed");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["DATAGEN_CSTORE"] = "redis",
                    ["ConnectionStrings:redis"] = redis.ConnectionString,
                }
            )
            .Build();
        services = new ServiceCollection().AddLogging().AddCStore(configuration).BuildServiceProvider();
        return Task.FromResult(services.GetRequiredService<ICStore>());
    }
}
