using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;
using DataGen.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using GatewayProgram = DataGen.Gateway.Program;

namespace DataGen.Tests.Gateway;

/// <summary>The real Gateway on a real port, with fakes of all it calls.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public const string SessionSecret = "test-session-secret-0123456789abcdef-0123456789";
    private WebApplication? app;

    public InMemoryCStore Store { get; } = new();

    public FakeUsers Users { get; }

    public FakeTasks Tasks { get; } = new();

    public FakeWeb Web { get; } = new();

    public FakeLogCollector Logs { get; } =
        FakeLogCollector.Create(new FakeLogCollectorOptions { CollectRecordsForDisabledLogLevels = true });

    public Dictionary<string, string?> Settings { get; } =
        new() { ["urls"] = "http://127.0.0.1:0", [IdentitySettings.SessionSecretName] = SessionSecret };

    public Action<IServiceCollection> Configure { get; set; } = _ => { };

    /// <summary>A client without cookies and without following redirects.</summary>
    public HttpClient Client { get; private set; } = new();

    public IServiceProvider Services => app!.Services;

    public GatewayHost() => Users = new FakeUsers(Store);

    public static async Task<GatewayHost> StartAsync(Action<GatewayHost>? configure = null)
    {
        var host = new GatewayHost();
        configure?.Invoke(host);
        await host.StartAsync();
        return host;
    }

    public async Task StartAsync()
    {
        await Tasks.StartAsync();
        await Web.StartAsync();
        app = Build();
        await app.StartAsync();
        Client = NewClient();
    }

    public WebApplication Build() =>
        GatewayProgram.Build(
            new WebApplicationOptions
            {
                ApplicationName = "DataGen.Gateway",
                EnvironmentName = Environments.Production,
            },
            builder =>
            {
                Settings["Services:tasks:grpc:0"] = Tasks.Address;
                Settings["Services:web:http:0"] = Web.Address;
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(Settings);
                builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
                builder.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Logs));
                builder.Services.AddSingleton<ICStore>(Store);
                builder.Services.AddSingleton<IUserStore>(Users);
                Configure(builder.Services);
            }
        );

    public HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
            }
        )
        {
            BaseAddress = new Uri(
                Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
            ),
            Timeout = TimeSpan.FromSeconds(60),
        };

    /// <summary>A client with a bearer token.</summary>
    public async Task<HttpClient> SignInAsync(string username = "ann", string password = FakeUsers.AnnPassword)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            await TokenAsync(username, password)
        );
        return client;
    }

    /// <summary>A client of the administrator.</summary>
    public Task<HttpClient> SignInAsAdminAsync() => SignInAsync("admin", FakeUsers.AdminPassword);

    public async Task<string> TokenAsync(string username = "ann", string password = FakeUsers.AnnPassword)
    {
        using var response = await Client.PostAsJsonAsync("/api/auth/token", new { username, password });
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!;
    }

    /// <summary>Stops as Ctrl-C does.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => app!.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await Tasks.DisposeAsync();
        await Web.DisposeAsync();
    }
}
