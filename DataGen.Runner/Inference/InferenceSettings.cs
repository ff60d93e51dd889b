using DataGen.ServiceDefaults.Settings;

namespace DataGen.Runner.Inference;

/// <summary>The operator's settings for inference; the only place that knows their names.</summary>
internal sealed record InferenceSettings
{
    /// <summary>Where completions are posted to.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>How that server words them.</summary>
    public required ChatDialect Dialect { get; init; }

    /// <summary>The server's key or token, if it wants one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The model asked for; null: the server's only one.</summary>
    public string? Model { get; init; }

    /// <summary>Calls in flight at most, over all runs.</summary>
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan AttemptDeadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Attempts per record, waits for a rate limit or an unreachable server not counted.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Whether traces may hold prompts and records.</summary>
    public bool CaptureContent { get; init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="SettingException">One of them cannot be used.</exception>
    public static InferenceSettings Read(IConfiguration configuration)
    {
        var address =
            configuration.Address("DATAGEN_INFERENCE_HOST", "DATAGEN_INFERENCE_PORT", "DATAGEN_INFERENCE_BASE_URL")
            ?? new Uri(InferenceDefaults.BaseUrl);
        var path = configuration.Text("DATAGEN_INFERENCE_PATH") ?? InferenceDefaults.CreateChatCompletionPath;
        return new InferenceSettings
        {
            Endpoint = Join(address, path),
            Dialect = path.TrimEnd('/').EndsWith(InferenceDefaults.CreateChatCompletionPath, StringComparison.Ordinal)
                ? ChatDialect.Ratio1
                : ChatDialect.OpenAi,
            ApiKey = Key(configuration, "DATAGEN_INFERENCE_API_KEY"),
            Model = configuration.Text("DATAGEN_INFERENCE_MODEL"),
            MaxConcurrency = configuration.WholeNumber("DATAGEN_MAX_CONCURRENCY", 32, 1, 10_000),
            AttemptDeadline = TimeSpan.FromSeconds(
                configuration.WholeNumber("DATAGEN_INFERENCE_TIMEOUT_SECONDS", 120, 1, 3600)
            ),
            MaxAttempts = configuration.WholeNumber("DATAGEN_MAX_ATTEMPTS", 6, 1, 100),
            CaptureContent = string.Equals(
                configuration.Text("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"),
                "true",
                StringComparison.OrdinalIgnoreCase
            ),
        };
    }

    /// <summary>Says nothing about the key: a record's own text would print it.</summary>
    public override string ToString() => $"{nameof(InferenceSettings)} {{ {Endpoint} }}";

    private static Uri Join(Uri address, string path) =>
        path.AsSpan().ContainsAny(" ?#\\")
        || path.Contains("://", StringComparison.Ordinal)
        || !Uri.TryCreate(
            $"{address.AbsoluteUri.TrimEnd('/')}/{path.TrimStart('/')}",
            UriKind.Absolute,
            out var endpoint
        )
            ? throw new SettingException(
                "DATAGEN_INFERENCE_PATH",
                $"'{path}' is not a path such as {InferenceDefaults.CreateChatCompletionPath}."
            )
            : endpoint;

    private static string? Key(IConfiguration configuration, string name) =>
        configuration.Text(name) is { } key && key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? throw new SettingException(name, "holds characters that no HTTP header can carry.")
            : configuration.Text(name);
}
