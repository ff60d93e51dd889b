using System.Net;
using System.Text.Json;
using DataGen.Tests.Mock;
using DataGen.Tests.Standalone;
using DataGen.Tests.Support;
using DataGen.Tests.Tasks;

namespace DataGen.Tests.Definition;

/// <summary>The ten definitions of the gallery, sent to the running product as they stand. The model behind it
/// errs in every way that a definition guards against.</summary>
public sealed class DefinitionExamplesTests(DefinitionExamplesTests.Fixture product)
    : IClassFixture<DefinitionExamplesTests.Fixture>
{
    // What the settings of a newcomer allow in one task.
    private const int Most = 200;
    private const int Fewest = 40;

    private static readonly string[] SamplerTypes =
    [
        "category",
        "conditional",
        "date",
        "dateTime",
        "integer",
        "number",
        "person",
        "rows",
        "uuid",
        "values",
    ];

    public static TheoryData<string> Names => new(DefinitionExample.All.Select(example => example.Name));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void There_are_ten_and_together_they_show_every_member_and_every_sampler()
    {
        Assert.Equal(10, DefinitionExample.All.Select(example => example.Name).Distinct().Count());
        Assert.Equal(10, DefinitionExample.All.Count);
        Assert.All(
            DefinitionExample.All,
            example =>
            {
                Assert.InRange(example.Definition.GetProperty("count").GetInt32(), Fewest, Most);
                Assert.NotEmpty(Promised(example));
            }
        );
        Assert.Equal(
            DefinitionPromises.Promising.Order(),
            DefinitionExample.All.SelectMany(Promised).Distinct().Order()
        );
        Assert.Equal(
            SamplerTypes,
            DefinitionExample
                .All.Where(example => Promised(example).Contains("samplers"))
                .SelectMany(example => example.Definition.GetProperty("samplers").EnumerateObject())
                .Select(sampler => sampler.Value.GetProperty("type").GetString())
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_wrong_with_it(string name)
    {
        var check = await product.Api.PostAsync(
            "/api/definitions/check",
            DefinitionExample.Named(name).Definition,
            HttpStatusCode.OK,
            Cancelled
        );

        Assert.Equal("[]", check.GetProperty("errors").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_dataset_is_what_it_promises(string name)
    {
        var definition = DefinitionExample.Named(name).Definition;
        var callsBefore = await product.CallsAsync();
        var task = await product.Api.PostAsync("/api/tasks", definition, HttpStatusCode.Created, Cancelled);
        var id = task.GetProperty("id").GetString()!;

        var ended = await product.Api.EndAsync(id, Cancelled);

        var calls = await product.CallsAsync() - callsBefore;
        Assert.True(
            ended.GetProperty("status").GetString() is "succeeded" && ended.GetProperty("failures").GetInt32() == 0,
            ended.GetRawText()
        );
        Assert.InRange(calls, definition.GetProperty("count").GetInt32(), DefinitionPromises.MostCalls(definition));
        Assert.Equal(calls, ended.GetProperty("spent").GetProperty("calls").GetInt64());
        // Otherwise the model made no mistake, and nothing would be shown.
        Assert.NotEqual(0, ended.GetProperty("rejected").GetProperty("invalid").GetInt32());
        Assert.Empty(DefinitionPromises.Broken(definition, await RecordsAsync(id), await PlanAsync(id)).Take(10));
        await AssertAsAjvAsync(definition, await product.Api.DownloadAsync(id, "jsonl", Cancelled));
    }

    [Fact]
    public async Task The_second_opinion_can_say_no() =>
        Assert.Equal(
            "record 1: data/age must be <= 90",
            (
                await WithAjvAsync(
                    JsonElement.Parse("""{"schema":{"properties":{"age":{"type":"integer","maximum":90}}}}"""),
                    "{\"age\":90}\n{\"age\":91}\n"u8.ToArray()
                )
            ).Trim()
        );

    /// <summary>A validator that shares nothing with ours finds nothing wrong with a file.</summary>
    private static async Task AssertAsAjvAsync(JsonElement definition, byte[] lines)
    {
        if (definition.TryGetProperty("schema", out _))
        {
            Assert.Equal("", await WithAjvAsync(definition, lines));
        }
    }

    private static async Task<string> WithAjvAsync(JsonElement definition, byte[] lines)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "definition.json");
        await File.WriteAllTextAsync(file, definition.GetRawText(), Cancelled);
        return await ExportFile.ReadWithAsync(
            lines,
            "node",
            Path.Combine(DotnetProcess.Root, "DataGen.Tests/Interop/node/ajv.mjs"),
            file
        );
    }

    private static IEnumerable<string> Promised(DefinitionExample example) =>
        DefinitionPromises.Promising.Where(name => example.Definition.TryGetProperty(name, out _));

    private async Task<List<JsonElement>> RecordsAsync(string id)
    {
        using var reader = new StreamReader(await product.Api.OpenDownloadAsync(id, "jsonl", Cancelled));
        var records = new List<JsonElement>();
        while (await reader.ReadLineAsync(Cancelled) is { } line)
        {
            records.Add(JsonElement.Parse(line));
        }

        return records;
    }

    private async Task<List<JsonElement>> PlanAsync(string id) =>
        [
            .. (await product.Api.GetAsync($"/api/tasks/{id}/plan?limit=1000", Cancelled))
                .GetProperty("items")
                .EnumerateArray()
                .Select(planned => planned.GetProperty("values")),
        ];

    /// <summary>The product with the settings of a newcomer, as a process of its own, and a mock.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        private readonly TemporaryFolder folder = new();
        private RunningMock? mock;
        private HostProcess? host;
        private ApiClient? api;

        internal ApiClient Api => api!;

        public async ValueTask InitializeAsync()
        {
            mock = await RunningMock.StartAsync(
                ("MOCK_INFERENCE_LATENCY_MS", "10"),
                ("MOCK_INFERENCE_INVALID_RATE", "0.2"),
                ("MOCK_INFERENCE_DUPLICATE_RATE", "0.2"),
                ("MOCK_INFERENCE_WRONG_SAMPLED_RATE", "0.2")
            );
            host = await HostProcess.StartAsync(
                folder.Path,
                Cancelled,
                ("DATAGEN_INFERENCE_BASE_URL", mock.Http.BaseAddress!.ToString()),
                ("DATAGEN_TASKS_PER_MINUTE", "1000")
            );
            api = await ApiClient.SignInAsync(host.Origin, "admin", host.NewPassword(), Cancelled);
        }

        public async ValueTask DisposeAsync()
        {
            api?.Dispose();
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            if (mock is not null)
            {
                await mock.DisposeAsync();
            }

            folder.Dispose();
        }

        /// <summary>The calls for records so far.</summary>
        internal async Task<long> CallsAsync() =>
            (await mock!.StatsAsync("inference")).GetProperty("requested").GetInt64();
    }
}
