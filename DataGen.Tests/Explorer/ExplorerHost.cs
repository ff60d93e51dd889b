using DataGen.Tests.Tasks;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Explorer;

/// <summary>The real Explorer on a port of its own, whose clock the test moves.</summary>
internal sealed class ExplorerHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcChannel channel;

    private ExplorerHost(WebApplication app, FakeTimeProvider clock)
    {
        this.app = app;
        Clock = clock;
        channel = GrpcChannel.ForAddress(app.Urls.First());
        Client = new Contracts.Explorer.ExplorerClient(channel);
    }

    public Contracts.Explorer.ExplorerClient Client { get; }

    /// <summary>What is older than a second by it is read again.</summary>
    public FakeTimeProvider Clock { get; }

    public T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<ExplorerHost> StartAsync(Uri tasks, params (string Name, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var app = DataGen.Explorer.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Explorer" },
            builder =>
            {
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection([
                    .. Settings(tasks).Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
                    .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)),
                    new("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0"),
                    new("Kestrel:Endpoints:grpc:Protocols", "Http2"),
                ]);
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton<TimeProvider>(clock);
            }
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ExplorerHost(app, clock);
    }

    /// <summary>What an Explorer is told that asks this Tasks.</summary>
    public static (string Name, string Value)[] Settings(Uri tasks) =>
        [("DATAGEN_SESSION_SECRET", TasksHost.Secret), ("Services:tasks:grpc:0", tasks.ToString())];

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
