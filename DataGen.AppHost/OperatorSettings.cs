namespace DataGen.AppHost.AppModel;

/// <summary>The settings that an operator gives the AppHost when it is run, passed on to the services that read
/// them.</summary>
internal static class OperatorSettings
{
    /// <summary>Where CStore is, when it is not the mock.</summary>
    public static readonly string[] CStoreAddress =
    [
        "EE_CHAINSTORE_API_HOST",
        "EE_CHAINSTORE_API_PORT",
        "R1EN_CHAINSTORE_API_URL",
        "EE_CHAINSTORE_API_URL",
    ];

    /// <summary>Where the inference server is, when it is not the mock.</summary>
    public static readonly string[] InferenceAddress =
    [
        "DATAGEN_INFERENCE_HOST",
        "DATAGEN_INFERENCE_PORT",
        "DATAGEN_INFERENCE_BASE_URL",
    ];

    /// <summary>Everything else about CStore and R1FS.</summary>
    public static readonly string[] Storage =
    [
        "R1EN_CHAINSTORE_PEERS",
        "EE_CHAINSTORE_PEERS",
        "EE_R1FS_API_HOST",
        "EE_R1FS_API_PORT",
        "R1EN_R1FS_API_URL",
        "EE_R1FS_API_URL",
    ];

    /// <summary>Everything else about the inference server.</summary>
    public static readonly string[] Inference =
    [
        "DATAGEN_INFERENCE_API_KEY",
        "DATAGEN_INFERENCE_PATH",
        "DATAGEN_INFERENCE_MODEL",
        "DATAGEN_INFERENCE_TIMEOUT_SECONDS",
        "DATAGEN_MAX_ATTEMPTS",
        "DATAGEN_MAX_CONCURRENCY",
        "DATAGEN_DRAIN_SECONDS",
    ];

    /// <summary>The limits of Tasks.</summary>
    public static readonly string[] Limits =
    [
        "DATAGEN_MAX_RECORDS_PER_JOB",
        "DATAGEN_TASKS_PER_MINUTE",
        "DATAGEN_RECORDS_PER_SHARD",
    ];

    /// <summary>Whether any of the settings is given.</summary>
    public static bool IsAnySet(IDistributedApplicationBuilder builder, string[] names) =>
        names.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name]));

    /// <summary>Passes on those that are given.</summary>
    public static IResourceBuilder<ProjectResource> PassOn(
        this IResourceBuilder<ProjectResource> project,
        params string[] names
    )
    {
        foreach (var name in names)
        {
            if (project.ApplicationBuilder.Configuration[name] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                project.WithEnvironment(name, value);
            }
        }

        return project;
    }
}
