using Microsoft.Extensions.Configuration;

namespace DataGen.AppHost;

/// <summary>
/// The settings of the README's table. Each is a parameter named like its environment variable, so that a secret is
/// shown and published as one. In a run, a setting that is given has a parameter; a publication has parameters for all
/// settings, and an empty one counts as not set.
/// </summary>
internal static class Settings
{
    public static readonly (string Name, string Description)[] CStoreAddress =
    [
        ("EE_CHAINSTORE_API_HOST", "The host of CStore."),
        ("EE_CHAINSTORE_API_PORT", "The port of CStore."),
        ("R1EN_CHAINSTORE_API_URL", "The address of CStore, where no host is named."),
        ("EE_CHAINSTORE_API_URL", "The address of CStore, where nothing else names it."),
    ];

    public static readonly (string Name, string Description)[] InferenceAddress =
    [
        ("DATAGEN_INFERENCE_HOST", "The host of the inference server."),
        ("DATAGEN_INFERENCE_PORT", "The port of the inference server."),
        ("DATAGEN_INFERENCE_BASE_URL", "The address of the inference server, where no host is named."),
    ];

    public static readonly (string Name, string Description)[] Runner =
    [
        ("DATAGEN_INFERENCE_API_KEY", "The API key of the inference server."),
        ("DATAGEN_INFERENCE_PATH", "The path of chat completions; /create_chat_completion by default."),
        ("DATAGEN_INFERENCE_MODEL", "The model's name, for OpenAI-like servers."),
        ("DATAGEN_INFERENCE_TIMEOUT_SECONDS", "The deadline of one attempt; 120 by default."),
        ("DATAGEN_MAX_ATTEMPTS", "Attempts per record; 6 by default."),
        ("DATAGEN_MAX_REJECTIONS", "Answers per record that its definition rejects; 50 by default."),
        ("DATAGEN_MAX_CONCURRENCY", "Calls in flight per Runner; 32 by default."),
        ("DATAGEN_DRAIN_SECONDS", "How long a Runner that is told to stop lets its calls end; 8 by default."),
    ];

    public static readonly (string Name, string Description)[] Tasks =
    [
        ("EE_R1FS_API_HOST", "The host of R1FS."),
        ("EE_R1FS_API_PORT", "The port of R1FS."),
        ("R1EN_R1FS_API_URL", "The address of R1FS, where no host is named."),
        ("EE_R1FS_API_URL", "The address of R1FS, where nothing else names it."),
        ("DATAGEN_MAX_RECORDS_PER_JOB", "The most records of one task; 200 by default."),
        ("DATAGEN_PRICE_INPUT_PER_MTOK", "What a million tokens of prompts cost."),
        ("DATAGEN_PRICE_OUTPUT_PER_MTOK", "What a million tokens of answers cost."),
        ("DATAGEN_RECORDS_PER_SHARD", "The most records of one shard of a task; 10000 by default."),
        ("DATAGEN_TASKS_PER_MINUTE", "Tasks that a user may create in a minute; 30 by default."),
        ("DATAGEN_CLUSTER", "Tells apart clusters that share a Redis; datagen by default."),
        ("DATAGEN_SILO_ADDRESS", "Where the other Tasks processes reach this one."),
    ];

    public static readonly (string Name, string Description)[] Explorer =
    [
        ("DATAGEN_EXPLORER_MEMORY_MB", "What the copies of datasets may keep in memory, in MiB; 384 by default."),
        ("DATAGEN_EXPLORER_DISK_MB", "What the copies of datasets may take on disk, in MiB; 4096 by default."),
        ("DATAGEN_EXPLORER_QUERY_SECONDS", "How long a query in SQL may take; 10 by default, 0 switches SQL off."),
    ];

    public static readonly (string Name, string Description)[] Gateway =
    [
        ("DATAGEN_ALLOWED_HOSTS", "Names by which browsers reach DataGen."),
        ("DATAGEN_TRUSTED_PROXIES", "Proxies whose forwarded headers are believed."),
    ];

    public static readonly (string Name, string Description)[] Web =
    [
        (DataFolderName, "The folder of what outlives a restart."),
    ];

    /// <summary>The setting of the password that the user admin is created with.</summary>
    public const string AdminPassword = "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD";

    private const string DataFolderName = "DATAGEN_DATA_DIR";
    private const string CStoreKind = "DATAGEN_CSTORE";
    private const string UseContainers = "UseContainers";
    private const string AuthHash = "R1EN_CSTORE_AUTH_HKEY";
    private const string AuthSecret = "R1EN_CSTORE_AUTH_SECRET";

    // The older names that the user store reads too.
    private static readonly Dictionary<string, string[]> LegacyNames = new()
    {
        [AuthHash] = ["EE_CSTORE_AUTH_HKEY"],
        [AuthSecret] = ["EE_CSTORE_AUTH_SECRET"],
        [AdminPassword] = ["EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PW", "EE_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD"],
    };

    private static readonly (string Name, string Description)[] CStore =
    [
        ("R1EN_CHAINSTORE_PEERS", "The nodes that every write is sent to."),
        ("EE_CHAINSTORE_PEERS", "The nodes that every write is sent to, where the setting above is not set."),
        ("DATAGEN_NODE_ANSWER_MB", "The largest answer of CStore or R1FS that is read, in MiB; 256 by default."),
        (CStoreKind, "redis keeps everything in Redis instead of CStore."),
    ];

    /// <summary>Whether one of the settings is given.</summary>
    public static bool IsAnyGiven(this IConfiguration configuration, (string Name, string Description)[] settings) =>
        settings.Any(setting => configuration.Text(setting.Name) is not null);

    /// <summary>Whether a real CStore is used: its address is given, or everything is kept in Redis.</summary>
    public static bool IsCStoreGiven(this IConfiguration configuration) =>
        configuration.IsAnyGiven(CStoreAddress)
        || string.Equals(configuration.Text(CStoreKind), "redis", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the mock and Redis may run as containers.</summary>
    public static bool UsesContainers(this IConfiguration configuration) =>
        bool.TryParse(configuration.Text(UseContainers), out var uses) && uses;

    /// <summary>One line that names the first setting of the app host itself that cannot be used; null when all
    /// can.</summary>
    public static string? FindBadSetting(this IConfiguration configuration) =>
        configuration.PublicHost() is null
            ? $"{PublicEndpoint.HostName}: '{configuration.Text(PublicEndpoint.HostName)}' is neither an IP address nor a name that resolves to one."
        : configuration.PublicPort() is null
            ? $"{PublicEndpoint.PortName}: '{configuration.Text(PublicEndpoint.PortName)}' is not a whole number from 1 to 65535."
        : configuration.Text(UseContainers) is { } text && !bool.TryParse(text, out _)
            ? $"{UseContainers}: '{text}' is neither true nor false."
        : null;

    /// <summary>The value of a setting without the blanks around it; a blank one counts as not set.</summary>
    public static string? Text(this IConfiguration configuration, string name) =>
        configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The value of a setting, by its name or an older one; untrimmed, because a blank at the end of a secret
    /// is part of it.</summary>
    public static string? Given(this IConfiguration configuration, string name) =>
        LegacyNames
            .GetValueOrDefault(name, [])
            .Prepend(name)
            .Select(each => configuration[each])
            .FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));

    /// <summary>The folder for data that a run makes. It is not the folder of DataGen.Standalone, whose users have
    /// another pepper and could not sign in here.</summary>
    public static string DataFolder(this IConfiguration configuration) =>
        configuration.Text(DataFolderName)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "datagen-aspire");

    public static IResourceBuilder<ProjectResource> WithInference(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithEndpoints>? mock
    ) =>
        mock is null || service.ApplicationBuilder.Configuration.IsAnyGiven(InferenceAddress)
            ? service.WithSettings(InferenceAddress)
            : service.WithEnvironment("DATAGEN_INFERENCE_BASE_URL", mock.GetEndpoint("http"));

    public static IResourceBuilder<ProjectResource> WithCStore(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithEndpoints>? mock
    )
    {
        service.WithSettings(CStore);
        return mock is null || service.ApplicationBuilder.Configuration.IsCStoreGiven()
            ? service.WithSettings(CStoreAddress)
            : service.WithEnvironment("EE_CHAINSTORE_API_URL", mock.NodeAddress());
    }

    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> service,
        (string Name, string Description)[] settings
    )
    {
        foreach (var (name, description) in settings)
        {
            var builder = service.ApplicationBuilder;
            if (builder.ExecutionContext.IsPublishMode || builder.Configuration.Given(name) is not null)
            {
                service.WithEnvironment(name, builder.Setting(name, description));
            }
        }

        return service;
    }

    /// <summary>Passes on where the users are, and how their passwords are hashed.</summary>
    public static IResourceBuilder<ProjectResource> WithUsers(this IResourceBuilder<ProjectResource> gateway) =>
        gateway
            .WithSettings([("DATAGEN_PASSWORD_HASH", "argon2id or scrypt, for new passwords; argon2id by default.")])
            .WithEnvironment(
                AuthHash,
                gateway.ApplicationBuilder.Setting(
                    AuthHash,
                    "The CStore hash of the users, the same in every app that shares them.",
                    "auth:default"
                )
            )
            .WithSecret(AuthSecret, "The pepper of the password hashes, the same in every app that shares the users.")
            .WithSecret(AdminPassword, "The password of the user admin, who is created when there is none.");

    /// <summary>A secret. In a run in which it is not set, it is made once and kept in the user's secret
    /// store.</summary>
    public static IResourceBuilder<ProjectResource> WithSecret(
        this IResourceBuilder<ProjectResource> service,
        string name,
        string description
    )
    {
        var builder = service.ApplicationBuilder;
        return service.WithEnvironment(
            name,
            builder.ExecutionContext.IsPublishMode || builder.Configuration.Given(name) is not null
                ? builder.Setting(name, description)
                : builder.Parameter(name) ?? builder.AddGeneratedSecret(ParameterName(name), description, persist: true)
        );
    }

    /// <summary>A secret parameter that is made at random, unless a value is given.</summary>
    /// <param name="builder">The app host.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="description">What the dashboard says of the parameter.</param>
    /// <param name="persist">Whether the next start has the same secret.</param>
    public static IResourceBuilder<ParameterResource> AddGeneratedSecret(
        this IDistributedApplicationBuilder builder,
        string name,
        string description,
        bool persist
    ) =>
        builder
            .AddParameter(
                name,
                new GenerateParameterDefault { MinLength = 32, Special = false },
                secret: true,
                persist: persist
            )
            .WithDescription(description);

    /// <summary>The parameter of a setting, if it has one.</summary>
    public static IResourceBuilder<ParameterResource>? Parameter(
        this IDistributedApplicationBuilder builder,
        string name
    ) => builder.TryCreateResourceBuilder<ParameterResource>(ParameterName(name), out var parameter) ? parameter : null;

    private static IResourceBuilder<ParameterResource> Setting(
        this IDistributedApplicationBuilder builder,
        string name,
        string description,
        string defaultValue = ""
    )
    {
        // In a run the address of a node may contain a user and a password; a publication holds no values.
        var secret =
            name.Split('_')[^1] is "SECRET" or "PWD" or "KEY"
            || (
                !builder.ExecutionContext.IsPublishMode
                && builder.Configuration.Given(name)?.Contains('@', StringComparison.Ordinal) is true
            );
        return builder.Parameter(name)
            ?? (
                !builder.ExecutionContext.IsPublishMode
                    ? builder.AddParameter(
                        ParameterName(name),
                        builder.Configuration.Given(name) ?? defaultValue,
                        secret: secret
                    )
                : secret ? builder.AddParameter(ParameterName(name), secret: true)
                : builder.AddParameter(ParameterName(name), defaultValue, publishValueAsDefault: true)
            ).WithDescription(description);
    }

    private static string ParameterName(string name) => name.Replace('_', '-').ToLowerInvariant();
}
