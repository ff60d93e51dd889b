using System.Text.Json.Nodes;
using DataGen.Ratio1;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using DataGen.Tests.Mock;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataGen.Tests.Interop;

/// <summary>One node, the mock, and two apps on it: one on the TypeScript packages and one on our clients, both with
/// the settings that a node injects.</summary>
internal sealed class SharedNode : IAsyncDisposable
{
    public const string HashKey = "interop:auth";
    public const string BootstrapPassword = "  bööt ключ 🔑 ";
    public const string Password = "gehëim ключ 🔒 \u00e9e\u0301";

    private readonly RunningMock mock;
    private readonly ServiceProvider services;

    private SharedNode(RunningMock mock, TypeScriptApp app, ServiceProvider services)
    {
        this.mock = mock;
        this.services = services;
        App = app;
    }

    /// <summary>The other app.</summary>
    public TypeScriptApp App { get; }

    public IUserStore Users => services.GetRequiredService<IUserStore>();

    public ICStore CStore => services.GetRequiredService<ICStore>();

    public IR1fs R1fs => services.GetRequiredService<IR1fs>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts all three.</summary>
    /// <param name="algorithm"><c>argon2id</c>, or <c>scrypt</c>: the TypeScript app cannot load Argon2, and ours is
    /// set to write what it can verify.</param>
    public static async Task<SharedNode> StartAsync(string algorithm = "argon2id")
    {
        var mock = await RunningMock.StartAsync();
        var settings = new Dictionary<string, string?>
        {
            ["EE_CHAINSTORE_API_URL"] = $"{mock.Http.BaseAddress}".TrimEnd('/'),
            ["EE_R1FS_API_URL"] = $"{mock.Http.BaseAddress}r1fs",
            ["EE_CHAINSTORE_PEERS"] = """["0xai_One","0xai_Two"]""",
            ["R1EN_CSTORE_AUTH_HKEY"] = HashKey,
            ["R1EN_CSTORE_AUTH_SECRET"] = "pfëffer-ключ-🌶",
            ["R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD"] = BootstrapPassword,
            ["DATAGEN_PASSWORD_HASH"] = algorithm,
        };
        try
        {
            var app = TypeScriptApp.Start(settings, nativeModules: algorithm != "scrypt");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            var services = new ServiceCollection().AddLogging().AddCStore(configuration).AddCStoreAuth(configuration);
            Assert.True(services.AddR1fs(configuration));
            return new SharedNode(mock, app, services.BuildServiceProvider());
        }
        catch
        {
            await mock.DisposeAsync();
            throw;
        }
    }

    /// <summary>A user's record as it is stored.</summary>
    public async Task<JsonObject> RecordAsync(string username) =>
        JsonNode.Parse((await CStore.HashGetAsync(HashKey, username, Token))!)!.AsObject();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await services.DisposeAsync();
        await mock.DisposeAsync();
    }
}
