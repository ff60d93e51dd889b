using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Runner.Inference;

/// <summary>The operator's settings for inference.</summary>
internal sealed partial record InferenceSettings : IValidatableObject
{
    /// <summary>The server's host; a scheme and a port in it take precedence over <see cref="Port"/>.</summary>
    [ConfigurationKeyName("DATAGEN_INFERENCE_HOST")]
    public string? Host { get; init; }

    [ConfigurationKeyName("DATAGEN_INFERENCE_PORT"), Range(1, 65535, ErrorMessage = InvalidSetting.WholeNumber)]
    public int? Port { get; init; }

    /// <summary>The server's address, unless <see cref="Host"/> is set.</summary>
    [ConfigurationKeyName("DATAGEN_INFERENCE_BASE_URL")]
    public string BaseUrl { get; init; } = InferenceDefaults.BaseUrl;

    [ConfigurationKeyName("DATAGEN_INFERENCE_PATH")]
    [RegularExpression(@"(?!.*://)[^ ?#\\]+", ErrorMessage = "must be a path such as /v1/chat/completions.")]
    public string Path
    {
        get;
        init => field = value.Trim();
    } = InferenceDefaults.CreateChatCompletionPath;

    /// <summary>The server's key or token, if it wants one.</summary>
    [ConfigurationKeyName("DATAGEN_INFERENCE_API_KEY")]
    [RegularExpression("[!-~]+", ErrorMessage = "holds characters that no HTTP header can carry.")]
    public string? ApiKey
    {
        get;
        init => field = value?.Trim();
    }

    /// <summary>The model asked for; null: the server's only one.</summary>
    [ConfigurationKeyName("DATAGEN_INFERENCE_MODEL")]
    public string? Model
    {
        get;
        init => field = value?.Trim();
    }

    /// <summary>Calls in flight at most, over all runs.</summary>
    [ConfigurationKeyName("DATAGEN_MAX_CONCURRENCY"), Range(1, 10_000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>How long one attempt may take.</summary>
    [ConfigurationKeyName("DATAGEN_INFERENCE_TIMEOUT_SECONDS")]
    [Range(1, 3600, ErrorMessage = InvalidSetting.WholeNumber)]
    public int AttemptSeconds { get; init; } = 120;

    /// <summary>Attempts per record, not counting waits for a rate limit or an unreachable server.</summary>
    [ConfigurationKeyName("DATAGEN_MAX_ATTEMPTS"), Range(1, 100, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Answers per record that the definition rejects before the record fails.</summary>
    [ConfigurationKeyName("DATAGEN_MAX_REJECTIONS"), Range(1, 1000, ErrorMessage = InvalidSetting.WholeNumber)]
    public int MaxRejections { get; init; } = 50;

    /// <summary><c>true</c>: traces hold prompts and answers.</summary>
    [ConfigurationKeyName("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT")]
    public string? CaptureMessageContent { get; init; }

    /// <summary>The URL that completions are posted to.</summary>
    public Uri Endpoint => new($"{Address!.AbsoluteUri.TrimEnd('/')}/{Path.TrimStart('/')}");

    /// <summary>The dialect of that server.</summary>
    public ChatDialect Dialect =>
        Path.TrimEnd('/').EndsWith(InferenceDefaults.CreateChatCompletionPath, StringComparison.Ordinal)
            ? ChatDialect.Ratio1
            : ChatDialect.OpenAi;

    public TimeSpan AttemptDeadline => TimeSpan.FromSeconds(AttemptSeconds);

    public bool CaptureContent =>
        string.Equals(CaptureMessageContent?.Trim(), "true", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Address is not null
            ? []
            :
            [
                new(
                    $"'{Host ?? BaseUrl}' is not an http or https address.",
                    [Host is null ? nameof(BaseUrl) : nameof(Host)]
                ),
            ];

    /// <summary>Leaves out the key: the ToString that the compiler makes for a record would print it.</summary>
    public override string ToString() => $"{nameof(InferenceSettings)} {{ {Address} }}";

    private Uri? Address
    {
        get
        {
            var text = (Host ?? BaseUrl).Trim().TrimEnd('/');
            text = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
            return !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
                    ? null
                : Host is null || Port is null || OwnPort.IsMatch(text) ? address
                : new UriBuilder(address) { Port = Port.Value }.Uri;
        }
    }

    // Uri does not tell whether a default port was written.
    [GeneratedRegex(@"\A[^:/]+://[^/?#]*:[0-9]+([/?#]|\z)")]
    private static partial Regex OwnPort { get; }

    [OptionsValidator]
    public sealed partial class Validator : IValidateOptions<InferenceSettings>;
}
