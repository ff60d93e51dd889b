using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace DataGen.Bench.Floor;

/// <summary>Starts the product in each of its forms, of the same build as this program.</summary>
internal static class Launch
{
    private const string Secret = "a-secret-of-the-benchmark-of-32-bytes";
    private static readonly string Self = Assembly.GetExecutingAssembly().Location;
    private static readonly string Root = Path.GetFullPath(
        Path.Combine(Path.GetDirectoryName(Self)!, "../../../../..")
    );

    // bin/Release/net10.0
    private static readonly string Build = Path.GetRelativePath(
        Path.Combine(Root, "bench", "DataGen.Bench"),
        Path.GetDirectoryName(Self)!
    );

    /// <summary>A process of this program.</summary>
    public static BenchProcess Own(int? processor, params string[] arguments) => new(processor, [Self, .. arguments]);

    /// <summary>All services and the store in one process.</summary>
    /// <param name="processor">Its processor; null: any.</param>
    /// <param name="server">The inference server.</param>
    /// <param name="concurrency">Calls in flight.</param>
    /// <param name="more">Other settings.</param>
    public static Product Standalone(
        int? processor,
        Uri server,
        int concurrency,
        params (string Name, string Value)[] more
    )
    {
        var data = Directory.CreateTempSubdirectory("datagen-bench-");
        var port = FreePort();
        var process = new BenchProcess(
            processor,
            [Dll("DataGen.Standalone")],
            Settings([
                .. Common(server, concurrency),
                ("DATAGEN_APP_HOST", "127.0.0.1"),
                ("DATAGEN_APP_PORT", port),
                ("DATAGEN_DATA_DIR", data.FullName),
                ("DOTNET_STARTUP_HOOKS", Self),
                .. more,
            ])
        );
        return new Product(Loopback(port), data, [process]);
    }

    /// <summary>Services as processes of their own: the Gateway, Tasks and some Runners, which Tasks finds by one name,
    /// with the stand-in as their store. On any processor.</summary>
    /// <param name="server">The inference server.</param>
    /// <param name="concurrency">Calls in flight for each Runner.</param>
    /// <param name="runners">How many Runners.</param>
    public static Product Services(Uri server, int concurrency, int runners)
    {
        var data = Directory.CreateTempSubdirectory("datagen-bench-");
        var store = FreePort();
        var (tasksHttp, tasksGrpc, gateway) = (FreePort(), FreePort(), FreePort());
        var runnerPorts = Enumerable.Range(0, runners).Select(_ => (Http: FreePort(), Grpc: FreePort())).ToArray();
        (string, string)[] common =
        [
            .. Common(server, concurrency),
            ("DATAGEN_SESSION_SECRET", Secret),
            ("R1EN_CSTORE_AUTH_HKEY", "auth:bench"),
            ("R1EN_CSTORE_AUTH_SECRET", Secret),
            ("EE_CHAINSTORE_API_URL", $"{Loopback(store)}"),
            ("Logging__LogLevel__Default", "Warning"),
        ];
        return new Product(
            Loopback(gateway),
            data,
            [
                Start("DataGen.Mock", ("ASPNETCORE_URLS", $"{Loopback(store)}"), ("MOCK_DATA_DIR", data.FullName)),
                .. runnerPorts.Select(port => Start("DataGen.Runner", Endpoints(port.Http, port.Grpc))),
                Start(
                    "DataGen.Tasks",
                    [
                        .. Endpoints(tasksHttp, tasksGrpc),
                        .. runnerPorts.Select(
                            (port, number) => ($"Services__runner__grpc__{number}", $"{Loopback(port.Grpc)}")
                        ),
                    ]
                ),
                Start(
                    "DataGen.Gateway",
                    ("ASPNETCORE_URLS", $"{Loopback(gateway)}"),
                    ("Services__tasks__grpc__0", $"{Loopback(tasksGrpc)}")
                ),
            ]
        );

        BenchProcess Start(string project, params (string, string)[] own)
        {
            // The settings file of a service lies in its folder.
            var process = new BenchProcess(
                null,
                [Dll(project)],
                Settings([.. common, .. own]),
                Path.Combine(Root, project)
            );
            process.Ignore();
            return process;
        }
    }

    /// <summary>The app host, which starts the services and its dashboard; on any processor.</summary>
    /// <param name="server">The inference server.</param>
    public static Product AppHost(Uri server)
    {
        var data = Directory.CreateTempSubdirectory("datagen-bench-");
        var port = FreePort();
        var process = new BenchProcess(
            null,
            [Dll("DataGen.AppHost")],
            Settings([
                .. Common(server, 32),
                ("DOTNET_ENVIRONMENT", "Development"),
                ("ASPNETCORE_ENVIRONMENT", "Development"),
                ("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
                ("ASPNETCORE_URLS", $"{Loopback(FreePort())}"),
                ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"{Loopback(FreePort())}"),
                ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"{Loopback(FreePort())}"),
                ("DATAGEN_SESSION_SECRET", Secret),
                ("R1EN_CSTORE_AUTH_SECRET", Secret),
                ("DATAGEN_APP_HOST", "127.0.0.1"),
                ("DATAGEN_APP_PORT", port),
                ("DATAGEN_DATA_DIR", data.FullName),
            ]),
            Path.Combine(Root, "DataGen.AppHost")
        )
        {
            EndsByItself = true,
        };
        process.Ignore();
        return new Product(Loopback(port), data, [process]);
    }

    private static (string, string)[] Common(Uri server, int concurrency) =>
        [
            ("DATAGEN_INFERENCE_BASE_URL", $"{server}"),
            ("DATAGEN_INFERENCE_PATH", LoadServer.Path),
            ("DATAGEN_INFERENCE_MODEL", "bench"),
            ("DATAGEN_MAX_CONCURRENCY", concurrency.ToString(CultureInfo.InvariantCulture)),
            ("DATAGEN_MAX_RECORDS_PER_JOB", "10000000"),
            ("DATAGEN_TASKS_PER_MINUTE", "10000"),
            ("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", Product.Password),
        ];

    private static (string, string)[] Endpoints(string http, string grpc) =>
        [
            ("Kestrel__Endpoints__http__Url", $"{Loopback(http)}"),
            ("Kestrel__Endpoints__grpc__Url", $"{Loopback(grpc)}"),
        ];

    private static Dictionary<string, string> Settings((string Name, string Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);

    private static string Dll(string project) => Path.Combine(Root, project, Build, $"{project}.dll");

    private static Uri Loopback(string port) => new($"http://127.0.0.1:{port}");

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
