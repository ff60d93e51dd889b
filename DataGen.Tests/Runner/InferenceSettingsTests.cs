using DataGen.Runner.Inference;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Configuration;

namespace DataGen.Tests.Runner;

public sealed class InferenceSettingsTests
{
    [Fact]
    public void Without_settings_the_constants_count() =>
        Assert.Equal(
            new InferenceSettings
            {
                Endpoint = new Uri("http://localhost:5100/create_chat_completion"),
                Dialect = ChatDialect.Ratio1,
            },
            Read()
        );

    [Fact]
    public void Every_setting_is_read() =>
        Assert.Equal(
            new InferenceSettings
            {
                Endpoint = new Uri("https://api.example/base/v1/chat/completions"),
                Dialect = ChatDialect.OpenAi,
                ApiKey = "k",
                Model = "m",
                MaxConcurrency = 256,
                AttemptDeadline = TimeSpan.FromSeconds(5),
                MaxAttempts = 3,
                CaptureContent = true,
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
        var exception = Assert.Throws<SettingException>(() => Read((name, value)));

        Assert.Equal(name, exception.Name);
        Assert.DoesNotContain("cret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_not_in_the_settings_text() =>
        Assert.DoesNotContain("hush", Read(("DATAGEN_INFERENCE_API_KEY", "hush")).ToString(), StringComparison.Ordinal);

    private static InferenceSettings Read(params (string Name, string Value)[] settings) =>
        InferenceSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)
                )
                .Build()
        );
}
