using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using DataGen.Tests.Reliability;
using DataGen.Tests.Support;

namespace DataGen.Tests.Telemetry;

/// <summary>The services as processes that export all they have to say while tasks are made, some of them with a model
/// that answers badly, until every process has ended.</summary>
public sealed class ExportFixture : IAsyncLifetime
{
    private const string PromptMark = "zq-prompt";
    private const string DrawnMark = "zq-drawn";
    private const string ApiKey = "zq-key-of-the-model";
    private const string WrongPassword = "zq-wrong-password";

    // Two shards, one for each Runner.
    private const int Many = 2400;
    private const int Few = 60;

    /// <summary>The trace of a request that is not to be recorded.</summary>
    internal static readonly byte[] Unrecorded = [.. Enumerable.Repeat((byte)0xA5, 16)];

    private readonly List<string> hidden = [.. Deployment.Secrets, PromptMark, DrawnMark, ApiKey, WrongPassword];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Everything that was exported.</summary>
    internal Exported Exported { get; private set; } = null!;

    /// <summary>What the model reported, of the prompts and of the answers.</summary>
    internal (long Input, long Output) Reported { get; private set; }

    /// <summary>That part of it which was for a preview, and for no task.</summary>
    internal (long Input, long Output) Previewed { get; private set; }

    /// <summary>What must be nowhere.</summary>
    internal IReadOnlyList<string> Hidden => hidden;

    public async ValueTask InitializeAsync()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Cancelled);
        await using var deployment = await Deployment.StartAsync(
            new DeploymentPlan
            {
                Runners = 2,
                LatencyMs = 5,
                RecordsPerShard = 2000,
                Settings =
                [
                    ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{receiver.Address}"),
                    ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
                    ("DATAGEN_INFERENCE_API_KEY", ApiKey),
                    ("DATAGEN_PRICE_INPUT_PER_MTOK", "1000000"),
                    ("DATAGEN_PRICE_OUTPUT_PER_MTOK", "500000"),
                ],
            },
            Cancelled
        );
        await MakeTasksAsync(deployment);
        foreach (var service in deployment.Services.Reverse())
        {
            await service.TerminateAsync(Cancelled);
        }

        Exported = receiver.Exported;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task MakeTasksAsync(Deployment deployment)
    {
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            ApiClient.SignInAsync(deployment.Gateway.Http, "admin", WrongPassword, Cancelled)
        );

        hidden.Add(deployment.Admin.AccessToken);
        Assert.Equal("succeeded", await MakeAsync(deployment, Many));
        await AskUnrecordedAsync(deployment);
        var (input, output) = await deployment.Mock.TokensAsync(Cancelled);
        await deployment.Admin.PostAsync(
            "/api/previews",
            new { definition = Definition(Many), records = 2 },
            HttpStatusCode.OK,
            Cancelled
        );
        var previewed = await deployment.Mock.TokensAsync(Cancelled);
        Previewed = (previewed.Input - input, previewed.Output - output);
        await deployment.Admin.GetAsync($"/api/tasks?q={PromptMark}", Cancelled);

        // Errors, prose around a record and invalid records, which are corrected: what the model says of tokens is
        // counted in each.
        await deployment.Mock.SetFaultsAsync(
            """{"inference":{"errorRate":0.1,"malformedRate":0.2,"malformedKind":"prose","invalidRate":0.3}}""",
            Cancelled
        );
        Assert.Equal("succeeded", await MakeAsync(deployment, Few));
        Reported = await deployment.Mock.TokensAsync(Cancelled);

        // Answers that are cut off, or no record, and say nothing of tokens.
        await deployment.Mock.SetFaultsAsync("""{"inference":{"malformedRate":0.4,"noUsage":true}}""", Cancelled);
        Assert.Equal("succeeded", await MakeAsync(deployment, Few));

        // A key that is refused.
        await deployment.Mock.SetFaultsAsync("""{"inference":{"token":"zq-key-of-somebody-else"}}""", Cancelled);
        Assert.Equal("failed", await MakeAsync(deployment, Few));
    }

    private static async Task AskUnrecordedAsync(Deployment deployment)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(deployment.Gateway.Http, "/api/tasks"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", deployment.Admin.AccessToken);
        request.Headers.Add("traceparent", $"00-{Convert.ToHexStringLower(Unrecorded)}-00f067aa0ba902b7-00");
        using var response = await http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
    }

    private async Task<string> MakeAsync(Deployment deployment, int count)
    {
        var task = await deployment.Admin.PostAsync("/api/tasks", Definition(count), HttpStatusCode.Created, Cancelled);
        var id = task.GetProperty("id").GetString()!;
        var status = (await deployment.Admin.EndAsync(id, Cancelled)).GetProperty("status").GetString()!;
        if (status == "succeeded")
        {
            var made = JsonElement.Parse(await deployment.Admin.DownloadAsync(id, "json", Cancelled));
            hidden.AddRange(
                made.EnumerateArray()
                    .SelectMany(record => (string[])[Text(record, "name"), Text(record, "email")])
                    .Where(text => text.Length > 8)
            );
        }

        return status;
    }

    private static JsonElement Definition(int count) =>
        JsonElement.Parse(
            $$$"""
            {"prompt":"{{{PromptMark}}}: a customer on the plan {{plan}}: name, email, age. {{{PromptMark}}} ends.","count":{{{count}}},
             "samplers":{"plan":{"type":"category","weights":{"{{{DrawnMark}}}-free":70,"{{{DrawnMark}}}-pro":30} } },
             "schema":{"type":"object","additionalProperties":false,"required":["name","email","age","plan"],"properties":{
               "name":{"type":"string"},"email":{"type":"string","format":"email"},
               "age":{"type":"integer","minimum":18,"maximum":90},"plan":{"type":"string"} } } }
            """
        );

    private static string Text(JsonElement record, string member) => record.GetProperty(member).GetString()!;
}
