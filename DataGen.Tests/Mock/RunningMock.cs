using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Mock;

/// <summary>The mock on a free port of this process.</summary>
internal sealed class RunningMock : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningMock(WebApplication app, Uri address)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = address };
    }

    public HttpClient Http { get; }

    /// <summary>Starts one that answers at once; settings are <c>("MOCK_SEED", "1")</c> and the like.</summary>
    public static async Task<RunningMock> StartAsync(TimeProvider? clock, params (string Name, string Value)[] settings)
    {
        var app = Build(clock, settings);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        return new RunningMock(app, new Uri(address));
    }

    public static Task<RunningMock> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(null, settings);

    /// <summary>Composes one without starting it.</summary>
    public static WebApplication Build(TimeProvider? clock, params (string Name, string Value)[] settings) =>
        DataGen.Mock.Program.Build(
            new WebApplicationOptions { ApplicationName = "DataGen.Mock", ContentRootPath = Path.GetTempPath() },
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0",
                        ["MOCK_INFERENCE_LATENCY_MS"] = "0",
                        ["MOCK_INFERENCE_JITTER_MS"] = "0",
                    }
                );
                builder.Configuration.AddInMemoryCollection(
                    settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)
                );
                if (clock is not null)
                {
                    builder.Services.AddSingleton(clock);
                }
            }
        );

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Posts an object.</summary>
    public Task<Answer> PostAsync(string path, JsonObject body) => PostAsync(path, body.ToJsonString());

    /// <summary>Changes switches: <c>{"cstore": {"falseKept": 1}}</c>.</summary>
    public async Task SwitchAsync(string json) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, "/mock/faults", json)).Status);

    public async Task<JsonElement> StatsAsync(string section) =>
        (await GetAsync("/mock/stats")).Body.GetProperty(section);

    /// <summary>Asks for a record with a prompt and returns the completion's text.</summary>
    public async Task<string> RecordAsync(string prompt, JsonObject? responseFormat = null)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
            ["max_tokens"] = 4096,
        };
        if (responseFormat is not null)
        {
            body["response_format"] = responseFormat;
        }

        var answer = await PostAsync("/create_chat_completion", body);
        return answer.Result.GetProperty("TEXT_RESPONSE").GetString()!;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
