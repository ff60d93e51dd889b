using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Testing;

namespace DataGen.Tests.Gateway;

public sealed class SecretsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_secret_prompt_or_token_is_in_any_log_even_at_trace_level()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var token = ann.DefaultRequestHeaders.Authorization!.Parameter!;
        using (
            var login = await gateway.Client.PostAsJsonAsync(
                "/api/auth/login",
                new { username = "ann", password = "wrong-password-5ab1" },
                Ct
            )
        )
        using (
            var form = await gateway.Client.PostAsync(
                "/login",
                new FormUrlEncodedContent([new("username", "ann"), new("password", "wrong-password-5ab1")]),
                Ct
            )
        )
        {
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (login.StatusCode, form.StatusCode));
        }

        using var page = new HttpRequestMessage(HttpMethod.Get, "/");
        page.Headers.Add("Cookie", $"datagen_session={token}");
        Assert.Equal(HttpStatusCode.OK, await gateway.Client.SendAsync(page, Ct).StatusAsync());
        Assert.Equal(
            HttpStatusCode.Created,
            await ann.PostAsync("/api/tasks", HttpAnswers.Json("""{"prompt":"a-secret-prompt-77","count":1}"""), Ct)
                .StatusAsync()
        );
        Assert.Equal(
            ["prompt"],
            await ann.PostAsync("/api/tasks", HttpAnswers.Json("""{"count":1,"prompt":{"a-secret-prompt-77":1}}"""), Ct)
                .WrongFieldsAsync()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await SendForgedAsync(gateway, token[..^3] + "xyz"));
        await gateway.Tasks.StopAsync();
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            await ann.PostAsync("/api/tasks", HttpAnswers.Json("""{"prompt":"a-secret-prompt-77","count":1}"""), Ct)
                .StatusAsync()
        );
        Assert.Equal(HttpStatusCode.NoContent, await ann.PostAsync("/api/auth/logout", null, Ct).StatusAsync());

        Assert.Contains(
            gateway.Logs.GetSnapshot(),
            record => record.Message.Contains("ann signed in", StringComparison.Ordinal)
        );
        string[] secrets =
        [
            token,
            token.Split('.')[2],
            "wrong-password-5ab1",
            FakeUsers.AnnPassword,
            FakeUsers.AdminPassword,
            GatewayHost.SessionSecret,
            "a-secret-prompt-77",
            "Bearer ey",
            .. gateway.Web.Requests.Select(request => request.Headers["Authorization"]["Bearer ".Length..]),
        ];
        Assert.Empty(
            gateway
                .Logs.GetSnapshot()
                .Where(record => secrets.Any(Everything(record).Contains))
                .Select(record => $"{record.Category}: {record.Message}")
        );
    }

    private static async Task<HttpStatusCode> SendForgedAsync(GatewayHost gateway, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me");
        request.Headers.Authorization = new("Bearer", token);
        return await gateway.Client.SendAsync(request, Ct).StatusAsync();
    }

    private static string Everything(FakeLogRecord record) =>
        string.Join(
            ' ',
            [
                record.Category,
                record.Message,
                record.Exception?.ToString(),
                .. record.StructuredState?.Select(pair => $"{pair.Key}={pair.Value}") ?? [],
                .. record.Scopes.Select(scope => scope?.ToString()),
            ]
        );
}
