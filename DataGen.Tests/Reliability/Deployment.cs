using System.Text.Json;
using DataGen.Tests.Ratio1.Support;
using DataGen.Tests.Support;

namespace DataGen.Tests.Reliability;

/// <summary>DataGen as operators run it: every service a process of its own, the mock as the node and as the
/// model.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const string AdminPassword = "reliability-admin";
    private const string Pepper = "reliability-pepper";
    private const string SessionSecret = "reliability-session-secret-of-32-bytes";
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder redisFolder = new();
    private readonly List<ApiClient> users = [];
    private readonly DeploymentPlan plan;

    private Deployment(DeploymentPlan plan)
    {
        this.plan = plan;
        var node = Loopback();
        MockProcess = new Service(
            "DataGen.Mock",
            "mock",
            node,
            ("ASPNETCORE_URLS", $"{node}"),
            ("MOCK_DATA_DIR", folder.Path),
            ("MOCK_INFERENCE_LATENCY_MS", $"{plan.LatencyMs}"),
            ("MOCK_INFERENCE_JITTER_MS", "0")
        );
        Mock = new MockNode(node, folder.Path);
        Redis = plan.HasRedis ? new RedisServer { DataFolder = redisFolder.Path } : null;
    }

    /// <summary>What nobody may read in anything the services say.</summary>
    public static IReadOnlyList<string> Secrets { get; } = [AdminPassword, Pepper, SessionSecret];

    /// <summary>The world outside DataGen.</summary>
    public MockNode Mock { get; }

    public Service MockProcess { get; }

    public Service Gateway { get; private set; } = null!;

    public IReadOnlyList<Service> Tasks { get; private set; } = [];

    public IReadOnlyList<Service> Runners { get; private set; } = [];

    /// <summary>What makes one cluster of the Tasks processes, when the plan has it.</summary>
    public RedisServer? Redis { get; }

    /// <summary>Records the calls to the model, when the plan asks for it.</summary>
    public CallRecorder? CallRecorder { get; private set; }

    /// <summary>The administrator's script.</summary>
    public ApiClient Admin => users[0];

    /// <summary>Everybody's, the administrator's first.</summary>
    public IReadOnlyList<ApiClient> Users => users;

    /// <summary>The most calls that all Runners together may have in flight.</summary>
    public int MostInFlight => plan.Runners * plan.Concurrency;

    /// <summary>Every process of DataGen's own.</summary>
    public IEnumerable<Service> Services => [.. Runners, .. Tasks, Gateway];

    private IEnumerable<Service> All => ((Service?[])[Gateway, .. Tasks, .. Runners, MockProcess]).OfType<Service>();

    public static async Task<Deployment> StartAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        var deployment = new Deployment(plan);
        try
        {
            await deployment.StartAllAsync(cancellationToken);
            return deployment;
        }
        catch (Exception exception)
        {
            var logs = deployment.SaveLogs();
            await deployment.DisposeAsync();
            throw new InvalidOperationException($"The deployment did not start: {exception.Message} {logs}", exception);
        }
    }

    /// <summary>Adds a user and signs in as them.</summary>
    public async Task<ApiClient> AddUserAsync(string name, CancellationToken cancellationToken)
    {
        const string password = "reliability-user";
        await Admin.PostAsync(
            "/api/users",
            new { username = name, password },
            System.Net.HttpStatusCode.Created,
            cancellationToken
        );
        users.Add(await SignInAsync(name, password, cancellationToken));
        return users[^1];
    }

    /// <summary>Looks at the administrator's task until it is as wanted. A service that has just been started may not
    /// be found yet.</summary>
    public async Task<JsonElement> UntilAsync(
        string id,
        Func<JsonElement, bool> condition,
        CancellationToken cancellationToken,
        int seconds = Eventually.Patience
    ) =>
        (
            await Eventually.GetAsync(
                () => Admin.TryGetAsync($"/api/tasks/{id}", TimeSpan.FromSeconds(10), cancellationToken),
                now => now is { } task && condition(task),
                seconds: seconds
            )
        )!.Value;

    /// <summary>Writes down what every process has printed and says where.</summary>
    public string SaveLogs()
    {
        var logs = Directory.CreateDirectory(
            Path.Combine(DotnetProcess.Root, "artifacts", "reliability", $"{DateTime.UtcNow:HHmmss.fff}")
        );
        foreach (var service in All)
        {
            File.WriteAllText(Path.Combine(logs.FullName, $"{service.Name}.log"), service.Log);
        }

        return $"What the processes have printed is in {logs.FullName}";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in users)
        {
            user.Dispose();
        }

        foreach (var service in All)
        {
            await service.DisposeAsync();
        }

        if (CallRecorder is not null)
        {
            await CallRecorder.DisposeAsync();
        }

        if (Redis is not null)
        {
            await Redis.DisposeAsync();
        }

        Mock.Dispose();
        folder.Dispose();
        redisFolder.Dispose();
    }

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            MockProcess.StartAsync(cancellationToken),
            Redis?.InitializeAsync().AsTask() ?? Task.CompletedTask
        );
        CallRecorder = plan.RecordsCalls ? await CallRecorder.StartAsync(Mock.Address, cancellationToken) : null;
        Runners = [.. Enumerable.Range(0, plan.Runners).Select(NewRunner)];
        Tasks = [.. Enumerable.Range(0, plan.Tasks).Select(NewTasks)];
        Gateway = NewGateway();
        await Task.WhenAll(Services.Select(service => service.StartAsync(cancellationToken)));
        users.Add(await SignInAsync("admin", AdminPassword, cancellationToken));
    }

    // The Gateway answers 503 until it has found its administrator.
    private async Task<ApiClient> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        var client = await Eventually.GetAsync(
            () => TryAsync(),
            signedIn => signedIn is not null,
            $"{name} can sign in"
        );
        return client!;

        async Task<ApiClient?> TryAsync()
        {
            try
            {
                return await ApiClient.SignInAsync(Gateway.Http, name, password, cancellationToken);
            }
            catch (HttpRequestException exception)
                when (exception.StatusCode is System.Net.HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }
        }
    }

    private Service NewRunner(int number)
    {
        var (http, grpc) = (Loopback(), Loopback());
        return new Service(
            "DataGen.Runner",
            $"runner {number}",
            http,
            [
                .. Shared(),
                .. Endpoints(http, grpc),
                ("DATAGEN_INFERENCE_BASE_URL", $"{CallRecorder?.Address ?? Mock.Address}"),
                ("DATAGEN_MAX_CONCURRENCY", $"{plan.Concurrency}"),
                ("DATAGEN_INFERENCE_TIMEOUT_SECONDS", $"{plan.AttemptSeconds}"),
                ("DATAGEN_MAX_ATTEMPTS", $"{plan.Attempts}"),
            ]
        )
        {
            Grpc = grpc,
            Root = RootOf(number < plan.Runners - plan.EarlierRunners),
        };
    }

    private Service NewTasks(int number)
    {
        var (http, grpc) = (Loopback(), Loopback());
        return new Service(
            "DataGen.Tasks",
            $"tasks {number}",
            http,
            [
                .. Shared(),
                .. Endpoints(http, grpc),
                .. Addresses("runner", Runners),
                ("EE_CHAINSTORE_API_HOST", Mock.Address.Host),
                ("EE_CHAINSTORE_API_PORT", $"{Mock.Address.Port}"),
                ("EE_R1FS_API_URL", plan.HasR1fs ? $"{Mock.Address}r1fs" : null),
                ("ConnectionStrings__redis", Redis?.ConnectionString),
                ("DATAGEN_RECORDS_PER_SHARD", $"{plan.RecordsPerShard}"),
                ("DATAGEN_MAX_RECORDS_PER_JOB", $"{plan.MaxRecords}"),
                ("DATAGEN_TASKS_PER_MINUTE", "1000"),
            ]
        )
        {
            Grpc = grpc,
            Root = RootOf(number < plan.Tasks - plan.EarlierTasks),
        };
    }

    private string RootOf(bool isPresent) => isPresent ? DotnetProcess.Root : plan.Earlier!;

    private Service NewGateway()
    {
        var http = Loopback();
        return new Service(
            "DataGen.Gateway",
            "gateway",
            http,
            [
                .. Shared(),
                .. Addresses("tasks", Tasks),
                ("ASPNETCORE_URLS", $"{http}"),
                ("EE_CHAINSTORE_API_HOST", Mock.Address.Host),
                ("EE_CHAINSTORE_API_PORT", $"{Mock.Address.Port}"),
                ("R1EN_CSTORE_AUTH_HKEY", "auth:reliability"),
                ("R1EN_CSTORE_AUTH_SECRET", Pepper),
                ("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", AdminPassword),
                ("ConnectionStrings__redis", Redis?.ConnectionString),
            ]
        );
    }

    private (string, string?)[] Shared() =>
        [
            .. plan.Settings,
            ("DATAGEN_SESSION_SECRET", SessionSecret),
            ("Logging__Console__FormatterName", "simple"),
            ("Logging__Console__FormatterOptions__SingleLine", "true"),
            ("Logging__Console__FormatterOptions__TimestampFormat", "HH:mm:ss.fff "),
        ];

    private static (string, string?)[] Endpoints(Uri http, Uri grpc) =>
        [("Kestrel__Endpoints__http__Url", $"{http}"), ("Kestrel__Endpoints__grpc__Url", $"{grpc}")];

    private static IEnumerable<(string, string?)> Addresses(string name, IReadOnlyList<Service> services) =>
        services.Select((service, number) => ($"Services__{name}__grpc__{number}", (string?)$"{service.Grpc}"));

    private static Uri Loopback() => new($"http://127.0.0.1:{FreePort.Find()}");
}
