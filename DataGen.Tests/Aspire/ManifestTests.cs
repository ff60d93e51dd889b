using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>What <c>--operation publish --publisher manifest</c> writes.</summary>
public sealed class ManifestTests(ManifestTests.PublishedManifest published)
    : IClassFixture<ManifestTests.PublishedManifest>
{
    private const string Key = "sk-never-to-be-published";
    private static readonly string[] Services = ["explorer", "gateway", "runner", "tasks", "web"];

    // Where the Gateway listens is a binding of the manifest.
    private static readonly string[] Bindings = ["DATAGEN_APP_HOST", "DATAGEN_APP_PORT"];

    [Fact]
    public void There_is_no_mock_and_there_is_a_Redis()
    {
        Assert.Equal(
            ["explorer", "gateway", "redis", "runner", "tasks", "web"],
            published.Resources.Where(IsProgram).Select(resource => resource.Name).Order()
        );
        Assert.DoesNotContain("mock", published.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void No_value_of_a_secret_of_the_environment_is_in_it() =>
        Assert.DoesNotContain(Key, published.Text, StringComparison.Ordinal);

    [Fact]
    public void Every_setting_of_the_README_reaches_a_service()
    {
        var reachable = Services.SelectMany(name => published.Environment(name)).Select(pair => pair.Name).ToHashSet();
        Assert.Empty(ReadmeSettings.Names().Except(Bindings).Except(reachable));
    }

    [Fact]
    public void The_Gateway_is_not_told_to_trust_forwarded_headers() =>
        Assert.DoesNotContain(
            published.Environment("gateway"),
            pair => pair.Name.EndsWith("FORWARDEDHEADERS_ENABLED", StringComparison.Ordinal)
        );

    [Fact]
    public void A_secret_of_a_service_is_a_parameter()
    {
        Assert.Equal(
            "{datagen-inference-api-key.value}",
            published.Environment("runner").Single(pair => pair.Name == "DATAGEN_INFERENCE_API_KEY").Value.GetString()
        );
        Assert.True(
            published
                .Resource("datagen-inference-api-key")
                .GetProperty("inputs")
                .GetProperty("value")
                .GetProperty("secret")
                .GetBoolean()
        );
    }

    private static bool IsProgram(JsonProperty resource) =>
        resource.Value.GetProperty("type").GetString() is { } type
        && (
            type.StartsWith("project", StringComparison.Ordinal)
            || type.StartsWith("container", StringComparison.Ordinal)
        );

    /// <summary>One publish for all tests, with secrets in the environment.</summary>
    public sealed class PublishedManifest : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();
        private JsonDocument document = null!;

        internal string Text { get; private set; } = "";

        internal IEnumerable<JsonProperty> Resources => document.RootElement.GetProperty("resources").EnumerateObject();

        public async ValueTask InitializeAsync()
        {
            var file = Path.Combine(folder.Path, "manifest.json");
            await using var publish = DotnetProcess.Start(
                "DataGen.AppHost",
                folder.Path,
                [
                    ("DATAGEN_INFERENCE_API_KEY", Key),
                    ("DATAGEN_SESSION_SECRET", $"{Key}-and-long-enough-for-it"),
                    ("R1EN_CSTORE_AUTH_SECRET", Key),
                    ("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", Key),
                    ("ConnectionStrings__redis", $"localhost:6379,password={Key}"),
                ],
                "--operation",
                "publish",
                "--publisher",
                "manifest",
                "--output-path",
                file
            );
            await publish.ExitAsync(TestContext.Current.CancellationToken);
            Assert.True(publish.ExitCode == 0, publish.Output);
            Text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            document = JsonDocument.Parse(Text);
        }

        public ValueTask DisposeAsync()
        {
            document?.Dispose();
            folder.Dispose();
            return ValueTask.CompletedTask;
        }

        internal JsonElement Resource(string name) => document.RootElement.GetProperty("resources").GetProperty(name);

        internal IEnumerable<JsonProperty> Environment(string name) =>
            Resource(name).GetProperty("env").EnumerateObject();
    }
}
