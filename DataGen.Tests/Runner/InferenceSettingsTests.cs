using DataGen.Runner.Inference;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Runner;

public sealed class InferenceSettingsTests
{
    [Fact]
    public void Without_settings_the_constants_count() =>
        Assert.Equal(
            ("http://localhost:5100/create_chat_completion", ChatDialect.Ratio1, null, 32, 6, false),
            Values(Read())
        );

    [Fact]
    public void Every_setting_is_read() =>
        Assert.Equal(
            new InferenceSettings
            {
                BaseUrl = "https://api.example/base/",
                Path = "v1/chat/completions",
                ApiKey = "k",
                Model = "m",
                MaxConcurrency = 256,
                AttemptSeconds = 5,
                MaxAttempts = 3,
                CaptureMessageContent = "TRUE",
            },
            Read(
                ("DATAGEN_INFERENCE_BASE_URL", "https://api.example/base/"),
                ("DATAGEN_INFERENCE_PATH", "v1/chat/completions"),
                ("DATAGEN_INFERENCE_API_KEY", "k"),
                ("DATAGEN_INFERENCE_MODEL", "m"),
                ("DATAGEN_MAX_CONCURRENCY", "256"),
                ("DATAGEN_INFERENCE_TIMEOUT_SECONDS", "5"),
                ("DATAGEN_MAX_ATTEMPTS", "3"),
                ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "TRUE")
            )
        );

    [Fact]
    public void The_address_and_the_path_make_the_endpoint() =>
        Assert.Equal(
            ("https://api.example/base/v1/chat/completions", ChatDialect.OpenAi, "k", 32, 6, true),
            Values(
                Read(
                    ("DATAGEN_INFERENCE_BASE_URL", "https://api.example/base/"),
                    ("DATAGEN_INFERENCE_PATH", "v1/chat/completions"),
                    ("DATAGEN_INFERENCE_API_KEY", " k "),
                    ("DATAGEN_MAX_CONCURRENCY", " "),
                    ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "TRUE")
                )
            )
        );

    [Theory]
    [InlineData("node", "http://node:8080/")]
    [InlineData("node:1", "http://node:1/")]
    [InlineData("https://node/", "https://node:8080/")]
    [InlineData("http://node:80", "http://node/")]
    [InlineData("http://node:8000/v1", "http://node:8000/v1/")]
    [InlineData("http://node/v1:1", "http://node:8080/v1:1/")]
    [InlineData("[::1]", "http://[::1]:8080/")]
    public void A_port_in_the_host_goes_before_the_port(string host, string expected) =>
        Assert.Equal(
            new Uri($"{expected}create_chat_completion"),
            Read(("DATAGEN_INFERENCE_HOST", host), ("DATAGEN_INFERENCE_PORT", "8080")).Endpoint
        );

    [Fact]
    public void Host_and_port_win_over_the_url() =>
        Assert.Equal(
            new Uri("http://node:8080/create_chat_completion"),
            Read(
                ("DATAGEN_INFERENCE_HOST", "node"),
                ("DATAGEN_INFERENCE_PORT", "8080"),
                ("DATAGEN_INFERENCE_BASE_URL", "http://other")
            ).Endpoint
        );

    [Theory]
    [InlineData("DATAGEN_INFERENCE_BASE_URL", "ftp://x")]
    [InlineData("DATAGEN_INFERENCE_HOST", "a b")]
    [InlineData("DATAGEN_INFERENCE_PATH", "http://elsewhere/x")]
    [InlineData("DATAGEN_INFERENCE_PATH", "/a b")]
    [InlineData("DATAGEN_INFERENCE_API_KEY", "se\ncret")]
    [InlineData("DATAGEN_INFERENCE_API_KEY", "sécret")]
    [InlineData("DATAGEN_MAX_CONCURRENCY", "0")]
    [InlineData("DATAGEN_MAX_CONCURRENCY", "many")]
    [InlineData("DATAGEN_INFERENCE_TIMEOUT_SECONDS", "0")]
    [InlineData("DATAGEN_MAX_ATTEMPTS", "-1")]
    public void A_bad_setting_is_named(string name, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read((name, value)));

        Assert.Contains(name, Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("cret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_not_in_the_settings_text() =>
        Assert.DoesNotContain("hush", Read(("DATAGEN_INFERENCE_API_KEY", "hush")).ToString(), StringComparison.Ordinal);

    private static (string, ChatDialect, string?, int, int, bool) Values(InferenceSettings settings) =>
        (
            settings.Endpoint.AbsoluteUri,
            settings.Dialect,
            settings.ApiKey,
            settings.MaxConcurrency,
            settings.MaxAttempts,
            settings.CaptureContent
        );

    private static InferenceSettings Read(params (string Name, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)
        );
        builder.AddSettings<InferenceSettings, InferenceSettings.Validator>();
        return builder.Build().Services.GetRequiredService<InferenceSettings>();
    }
}
