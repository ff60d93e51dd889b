using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Gateway;

public sealed class ApiTokensTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_api_token_is_shown_once_stored_hashed_and_lets_a_script_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = " notebook " }, Ct)
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(["id", "name", "createdAt", "token"], created.Select(field => field.Key));
        var token = (string)created["token"]!;
        Assert.Matches("^dg_YW5u\\.[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}$", token);
        var stored = gateway.Store.Fields.Single(field => field.Key.Hash == "datagen:user:ann:tokens");
        Assert.Equal((string?)created["id"], stored.Key.Field);
        Assert.DoesNotContain(token.Split('.')[2], stored.Value, StringComparison.Ordinal);
        using var script = Client(gateway, token);
        Assert.Equal("""{"username":"ann","role":"user"}""", await script.GetStringAsync("/api/auth/me", Ct));
        Assert.Equal(HttpStatusCode.OK, await script.GetAsync("/api/metrics", Ct).StatusAsync());
        Assert.Contains(("GetMetrics", "ann", "user"), gateway.Tasks.Calls);
        Assert.DoesNotContain(
            "token\":",
            (await ann.GetAsync("/api/tokens", Ct).JsonAsync()).ToJsonString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Blanks_around_a_name_do_not_count_to_its_length()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var name = new string('n', 100);

        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = $" {name} " }, Ct)
            .JsonAsync(HttpStatusCode.Created);

        Assert.Equal(name, (string?)created["name"]);
    }

    [Fact]
    public async Task A_revoked_token_is_dead_also_when_its_use_is_noted_late()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        using var script = Client(gateway, (string)created["token"]!);
        Assert.Equal(HttpStatusCode.OK, await script.GetAsync("/api/auth/me", Ct).StatusAsync());

        Assert.Equal(HttpStatusCode.NoContent, await ann.DeleteAsync($"/api/tokens/{created["id"]}", Ct).StatusAsync());
        await gateway.Store.HashSetAsync(
            "datagen:user:ann:tokens",
            $"{created["id"]}.used",
            "\"2026-11-22T10:00:00Z\"",
            Ct
        );

        Assert.Equal(HttpStatusCode.Unauthorized, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal("""{"items":[]}""", await ann.GetStringAsync("/api/tokens", Ct));
        Assert.Equal(HttpStatusCode.NotFound, await ann.DeleteAsync($"/api/tokens/{created["id"]}", Ct).StatusAsync());
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_minute_at_most()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var ann = await gateway.SignInAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        using var script = Client(gateway, (string)created["token"]!);

        await UseAsync("2026-11-22T10:00:00.0000000Z");
        clock.Advance(TimeSpan.FromSeconds(50));
        await UseAsync("2026-11-22T10:00:00.0000000Z");
        clock.Advance(TimeSpan.FromSeconds(20));
        await UseAsync("2026-11-22T10:01:10.0000000Z");

        Assert.Equal(
            "2026-11-22T10:01:10Z",
            (string?)(await ann.GetAsync("/api/tokens", Ct).JsonAsync())["items"]![0]!["lastUsedAt"]
        );

        async Task UseAsync(string noted)
        {
            Assert.Equal(HttpStatusCode.OK, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
            await Eventually.TrueAsync(() =>
                gateway.Store.Fields.GetValueOrDefault(("datagen:user:ann:tokens", $"{created["id"]}.used"))
                == $"\"{noted}\""
            );
        }
    }

    [Fact]
    public async Task A_token_has_its_users_present_role_and_dies_with_a_disabled_user()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        using var script = Client(gateway, (string)created["token"]!);

        Assert.Equal(
            HttpStatusCode.OK,
            await admin.PatchAsJsonAsync("/api/users/ann", new { role = "admin" }, Ct).StatusAsync()
        );
        Assert.Equal("admin", (string?)(await script.GetAsync("/api/auth/me", Ct).JsonAsync())["role"]);
        Assert.Equal(
            HttpStatusCode.OK,
            await admin.PatchAsJsonAsync("/api/users/ann", new { disabled = true }, Ct).StatusAsync()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_token_cannot_make_others_and_logging_it_out_is_harmless()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        using var script = Client(gateway, (string)created["token"]!);

        Assert.Equal(
            HttpStatusCode.Forbidden,
            await script.PostAsJsonAsync("/api/tokens", new { name = "more" }, Ct).StatusAsync()
        );
        Assert.Equal(HttpStatusCode.NoContent, await script.PostAsync("/api/auth/logout", null, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Theory]
    [InlineData("dg_")]
    [InlineData("dg_YW5u")]
    [InlineData("dg_YW5u.{id}")]
    [InlineData("dg_YW5u.{id}.")]
    [InlineData("dg_YW5u.{id}.AAAA")]
    [InlineData("dg_YWRtaW4.{id}.{secret}")]
    [InlineData("dg_!!!.{id}.{secret}")]
    [InlineData("dg_YW5uOnNlc3Npb25z.{id}.{secret}")]
    [InlineData("dg_YW5u.{id}.{secret}x")]
    [InlineData("dg_YW5u.{id}.used.{secret}")]
    public async Task A_token_that_is_not_quite_one_lets_nobody_in(string template)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var parts = (
            (string)
                (await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct).JsonAsync(HttpStatusCode.Created))[
                    "token"
                ]!
        ).Split('.');
        using var script = Client(
            gateway,
            template
                .Replace("{id}", parts[1], StringComparison.Ordinal)
                .Replace("{secret}", parts[2], StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.Unauthorized, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    private static HttpClient Client(GatewayHost gateway, string token)
    {
        var client = gateway.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
