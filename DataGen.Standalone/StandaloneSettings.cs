using DataGen.ServiceDefaults.Identity;
using DataGen.ServiceDefaults.Settings;
using DataGen.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace DataGen.Standalone;

/// <summary>The operator's settings, and those that the standalone host adds for each service.</summary>
internal sealed class StandaloneSettings : IDisposable
{
    /// <summary>The field of the hash of users, unless <c>R1EN_CSTORE_AUTH_HKEY</c> names another.</summary>
    public const string DefaultAuthHash = "auth:default";

    // A newcomer's terminal should show the banner and real problems; the silo and the key ring warn of things that are
    // intended on one machine.
    private static readonly (string Category, string Level)[] QuietLogging =
    [
        ("Default", "Warning"),
        ("Orleans", "Error"),
        ("Microsoft.AspNetCore.DataProtection", "Error"),
        ("Microsoft.AspNetCore.Server.Kestrel", "Error"),
    ];

    private static readonly string[] CStoreNames =
    [
        "EE_CHAINSTORE_API_HOST",
        "R1EN_CHAINSTORE_API_URL",
        "EE_CHAINSTORE_API_URL",
    ];
    private static readonly string[] InferenceNames = ["DATAGEN_INFERENCE_HOST", "DATAGEN_INFERENCE_BASE_URL"];
    private static readonly string[] BootstrapNames =
    [
        "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD",
        "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW",
    ];

    // Of the variables that every host of the framework reads.
    private static readonly string[] Prefixes = ["", "ASPNETCORE_", "DOTNET_"];

    private readonly IConfiguration given;
    private readonly DataFolder folder;
    private readonly Dictionary<string, string?> common = [];

    // Made for this start alone and stored nowhere, because other users of the machine reach the mock's port too.
    private readonly string mockSecret = LocalSecrets.NewSecret();

    private StandaloneSettings(IConfiguration given, string[] arguments)
    {
        this.given = given;
        Arguments = arguments;
        var endpoints = Prefixes.SelectMany(prefix => given.GetSection($"{prefix}Kestrel:Endpoints").GetChildren());
        if (endpoints.FirstOrDefault() is { } endpoint)
        {
            // Every service in the process would listen there.
            throw InvalidSetting.Of(
                endpoint.Path,
                "is not for this program, which listens at DATAGEN_APP_HOST and DATAGEN_APP_PORT alone."
            );
        }

        folder = DataFolder.Open(given);
        common[DataFolder.SettingName] = Folder;
        common[TelemetryExtensions.CollectedByHost] = "true";
        foreach (var (category, level) in QuietLogging)
        {
            Default(level, $"Logging:LogLevel:{category}");
        }

        // Ctrl-C should end everything at once.
        Default("1", "DATAGEN_DRAIN_SECONDS");
        AddSecrets();
    }

    /// <summary>The command line.</summary>
    public string[] Arguments { get; }

    /// <summary>The data folder.</summary>
    public string Folder => folder.Path;

    /// <summary>The password for a new admin when the operator has named none; null when the operator has.</summary>
    public string? NewAdminPassword { get; private set; }

    /// <summary>Whether the mock serves CStore: no address of a real one is set.</summary>
    public bool MocksCStore =>
        !"redis".Equals(given.Text("DATAGEN_CSTORE"), StringComparison.OrdinalIgnoreCase) && !IsSet(CStoreNames);

    /// <summary>Whether the mock serves inference: no address of a real server is set.</summary>
    public bool MocksInference => !IsSet(InferenceNames);

    public static StandaloneSettings Read(string[] arguments) =>
        new(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(arguments).Build(), arguments);

    /// <summary>Uses the mock at <paramref name="address"/> for every service that has no real address.</summary>
    public void UseMock(Uri address)
    {
        if (MocksCStore)
        {
            common["EE_CHAINSTORE_API_URL"] = new UriBuilder(address)
            {
                UserName = "datagen",
                Password = mockSecret,
            }.ToString();
        }

        if (MocksInference)
        {
            common["DATAGEN_INFERENCE_BASE_URL"] = address.ToString();
        }
    }

    /// <summary>The settings of the mock.</summary>
    public IReadOnlyDictionary<string, string?> ForMock() =>
        new Dictionary<string, string?>(ForInternal(("http", "Http1"))) { ["MOCK_NODE_SECRET"] = mockSecret };

    /// <summary>Tells the later services that a service runs at <paramref name="address"/>.</summary>
    public void UseService(string name, string endpoint, Uri address) =>
        common[$"Services:{name}:{endpoint}:0"] = address.ToString();

    /// <summary>The settings of one service that listens on free ports of loopback, one for each protocol
    /// named.</summary>
    public IReadOnlyDictionary<string, string?> ForInternal(
        params ReadOnlySpan<(string Endpoint, string Protocols)> endpoints
    )
    {
        var settings = new Dictionary<string, string?>(common) { [WebHostDefaults.ServerUrlsKey] = null };
        foreach (var (endpoint, protocols) in endpoints)
        {
            settings[$"Kestrel:Endpoints:{endpoint}:Url"] = "http://127.0.0.1:0";
            settings[$"Kestrel:Endpoints:{endpoint}:Protocols"] = protocols;
        }

        return settings;
    }

    /// <summary>The settings of the Gateway: it listens where its own settings say, and ignores the address that an
    /// image sets for a service that runs alone.</summary>
    public IReadOnlyDictionary<string, string?> ForPublic() =>
        new Dictionary<string, string?>(common)
        {
            [WebHostDefaults.ServerUrlsKey] = null,
            [WebHostDefaults.HttpPortsKey] = null,
            [WebHostDefaults.HttpsPortsKey] = null,
        };

    /// <summary>Releases the data folder for the next process.</summary>
    public void Dispose() => folder.Dispose();

    private void AddSecrets()
    {
        var secrets = LocalSecrets.Open(Folder);
        Default(secrets.SessionSecret, IdentitySettings.SessionSecretName);
        Default(DefaultAuthHash, "R1EN_CSTORE_AUTH_HKEY", "EE_CSTORE_AUTH_HKEY");
        Default(secrets.AuthSecret, "R1EN_CSTORE_AUTH_SECRET", "EE_CSTORE_AUTH_SECRET");
        if (!IsSet(BootstrapNames))
        {
            NewAdminPassword = LocalSecrets.NewPassword();
            common[BootstrapNames[0]] = NewAdminPassword;
        }
    }

    // Sets a default only: every service reads the operator's own value, by its name or an older one.
    private void Default(string value, params string[] names)
    {
        if (!IsSet(names))
        {
            common[names[0]] = value;
        }
    }

    private bool IsSet(string[] names) => names.Any(name => given.Text(name) is not null);
}
