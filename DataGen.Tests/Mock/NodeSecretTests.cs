using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DataGen.Ratio1.CStore;
using DataGen.Ratio1.R1fs;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataGen.Tests.Mock;

/// <summary>Where a secret is set, what is stored is neither read nor changed without it.</summary>
public sealed class NodeSecretTests
{
    private const string Secret = "s3cret:with/all+kinds%20 é";

    /// <summary>Endpoints that show and change nothing that is stored.</summary>
    private static readonly string[] Open =
    [
        "/create_chat_completion",
        "/predict",
        "/create_chat_completion_async",
        "/predict_async",
        "/request_status",
        "/health",
        "/alive",
        "/status",
        "/metrics",
        "/v1/chat/completions",
        "/v1/models",
        "/mock/faults",
        "/mock/stats",
        "/mock/reset-stats",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_of_CStore_and_R1FS_refuses_a_caller_without_it()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_NODE_SECRET", Secret));
        await using var composed = RunningMock.Build(null);
        var endpoints = ((IEndpointRouteBuilder)composed)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => !Open.Contains(endpoint.RoutePattern.RawText))
            .ToArray();
        // Seven of CStore on each of two nodes, eight of R1FS at the root and nine under /r1fs.
        Assert.Equal(31, endpoints.Length);
        foreach (var endpoint in endpoints)
        {
            var method = new HttpMethod(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
            foreach (var password in (string?[])[null, "", "wrong"])
            {
                using var request = new HttpRequestMessage(method, endpoint.RoutePattern.RawText);
                request.Headers.Authorization = password is null ? null : Basic($"datagen:{password}");
                using var response = await mock.Http.SendAsync(request, Ct);
                Assert.Equal(
                    (endpoint.RoutePattern.RawText, HttpStatusCode.Unauthorized),
                    (endpoint.RoutePattern.RawText, response.StatusCode)
                );
            }
        }
    }

    [Theory]
    [InlineData("Bearer s3cret")]
    [InlineData("Basic")]
    [InlineData("Basic !")]
    [InlineData("Basic czNjcmV0")]
    [InlineData("nonsense")]
    public async Task Credentials_of_another_form_are_none(string header)
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_NODE_SECRET", "s3cret"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/get?key=k");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await mock.Http.SendAsync(request, Ct);

        Assert.InRange((int)response.StatusCode, 400, 401);
    }

    [Fact]
    public async Task The_clients_bring_it_when_their_address_names_it_and_no_error_repeats_it()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_NODE_SECRET", Secret));
        var address = new UriBuilder(mock.Http.BaseAddress!)
        {
            UserName = "datagen",
            Password = Uri.EscapeDataString(Secret),
        }.Uri;
        var store = Store(mock, address);
        await store.HashSetAsync("auth:default", "eve", "1", Ct);
        var files = new HttpR1fs(
            mock.Http,
            new R1fsOptions { Address = address },
            TimeProvider.System,
            NullLogger<HttpR1fs>.Instance
        );
        var id = await files.AddFileAsync(new MemoryStream("x"u8.ToArray()), new R1fsFile("a.txt"), Ct);

        Assert.Equal("1", await store.HashGetAsync("auth:default", "eve", Ct));
        Assert.NotEmpty(id);
        var refused = await Assert.ThrowsAsync<CStoreException>(() =>
            Store(mock, new UriBuilder(address) { Password = "wrong" }.Uri).HashGetAsync("auth:default", "eve", Ct)
        );
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("datagen:", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switches_that_make_the_store_lie_need_it_and_those_of_inference_do_not()
    {
        await using var mock = await RunningMock.StartAsync(("MOCK_NODE_SECRET", Secret));
        const string lie = """{"cstore":{"staleReplica":true,"readFromReplica":true}}""";

        Assert.Equal(HttpStatusCode.Unauthorized, (await mock.SendAsync(HttpMethod.Patch, "/mock/faults", lie)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await mock.SendAsync(HttpMethod.Put, "/mock/faults", lie)).Status);
        var faults = (await mock.GetAsync("/mock/faults")).Body;
        Assert.False(faults.GetProperty("cstore").GetProperty("staleReplica").GetBoolean());
        await mock.SwitchAsync("""{"inference":{"latencyMs":1}}""");
        mock.Http.DefaultRequestHeaders.Authorization = Basic($"anyone:{Secret}");
        await mock.SwitchAsync(lie);

        // Who may not set them does not take them back either.
        mock.Http.DefaultRequestHeaders.Authorization = null;
        await mock.SendAsync(HttpMethod.Put, "/mock/faults", "{}");
        await mock.SendAsync(HttpMethod.Delete, "/mock/faults", null);
        faults = (await mock.GetAsync("/mock/faults")).Body;
        Assert.True(faults.GetProperty("cstore").GetProperty("staleReplica").GetBoolean());
        Assert.NotEqual(1, faults.GetProperty("inference").GetProperty("latencyMs").GetInt32());
    }

    private static HttpCStore Store(RunningMock mock, Uri address) =>
        new(mock.Http, new CStoreOptions { Address = address }, TimeProvider.System, NullLogger<HttpCStore>.Instance);

    private static AuthenticationHeaderValue Basic(string credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
}
