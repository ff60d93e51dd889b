using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using DataGen.Ratio1.Auth;

namespace DataGen.Tests.Gateway;

public sealed class AuthApiTests
{
    private static readonly object AnnsCredentials = new { username = " Ann ", password = FakeUsers.AnnPassword };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_login_answers_who_and_sets_a_cookie_that_scripts_cannot_read()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.PostAsJsonAsync("/api/auth/login", AnnsCredentials, Ct);

        var answer = await response.JsonAsync();
        Assert.Equal(["username", "role", "expiresAt"], answer.Select(field => field.Key));
        Assert.Equal(("ann", "user"), ((string)answer["username"]!, (string)answer["role"]!));
        Assert.InRange((DateTime)answer["expiresAt"]! - DateTime.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        var cookie = Assert.Single(
            response.Headers.GetValues("Set-Cookie"),
            value => value.StartsWith("datagen_session=", StringComparison.Ordinal)
        );
        Assert.Matches("^datagen_session=[^;]{100,}; expires=[^;]+; path=/; samesite=lax; httponly$", cookie);
    }

    [Fact]
    public async Task A_token_answer_has_the_oauth_fields_and_lets_a_script_in()
    {
        await using var gateway = await GatewayHost.StartAsync();

        var answer = await gateway.Client.PostAsJsonAsync("/api/auth/token", AnnsCredentials, Ct).JsonAsync();

        Assert.Equal(["accessToken", "tokenType", "expiresAt"], answer.Select(field => field.Key));
        Assert.Equal("Bearer", (string)answer["tokenType"]!);
        using var client = gateway.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (string)answer["accessToken"]!
        );
        Assert.Equal("""{"username":"ann","role":"user"}""", await client.GetStringAsync("/api/auth/me", Ct));
    }

    [Fact]
    public async Task The_cookie_lets_a_browser_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me");
        request.Headers.Add(
            "Cookie",
            $"theme=dark; datagen_session={await gateway.TokenAsync("admin", FakeUsers.AdminPassword)}"
        );

        Assert.Equal(
            """{"username":"admin","role":"admin"}""",
            (await gateway.Client.SendAsync(request, Ct).JsonAsync()).ToJsonString()
        );
    }

    [Theory]
    [InlineData("ann", "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("no user can have this name!", "wrong")]
    public async Task Wrong_credentials_are_401_and_do_not_say_which_part_is_wrong(string username, string password)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.PostAsJsonAsync("/api/auth/login", new { username, password }, Ct);

        Assert.Equal(
            "The user name or the password is wrong.",
            (string)(await response.JsonAsync(HttpStatusCode.Unauthorized))["detail"]!
        );
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Empty(gateway.Store.Fields);
    }

    [Fact]
    public async Task After_a_logout_token_and_cookie_are_dead()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        using var logout = await ann.PostAsync("/api/auth/logout", null, Ct);

        Assert.Equal(HttpStatusCode.NoContent, logout.StatusCode);
        Assert.Contains(
            "datagen_session=;",
            Assert.Single(logout.Headers.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Empty(gateway.Store.Fields);
    }

    [Fact]
    public async Task One_logout_leaves_the_users_other_sessions_alone()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var one = await gateway.SignInAsync();
        using var other = await gateway.SignInAsync();

        Assert.Equal(HttpStatusCode.NoContent, await one.PostAsync("/api/auth/logout", null, Ct).StatusAsync());

        Assert.Equal(HttpStatusCode.OK, await other.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task Guessing_runs_into_429_with_the_time_to_wait()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            using var response = await gateway.Client.PostAsJsonAsync(
                "/api/auth/login",
                new { username = "ann", password = $"guess {i}" },
                Ct
            );
            statuses.Add(response.StatusCode);
            Assert.True(
                response.StatusCode != HttpStatusCode.TooManyRequests
                    || response.Headers.RetryAfter?.Delta > TimeSpan.Zero
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(statuses.Count, 8, 20);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await gateway.Client.PostAsJsonAsync("/api/auth/token", AnnsCredentials, Ct).StatusAsync()
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await gateway
                .Client.PostAsJsonAsync(
                    "/api/auth/token",
                    new { username = "admin", password = FakeUsers.AdminPassword },
                    Ct
                )
                .StatusAsync()
        );
    }

    [Fact]
    public async Task Every_spelling_of_a_name_has_the_same_share_of_attempts()
    {
        await using var gateway = await GatewayHost.StartAsync();
        string[] spellings = ["ann", "\uFEFFann", "ANN", " ann\u00A0", "\u2003Ann\uFEFF\uFEFF", "\uFEFF\uFEFFaNN"];
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 30 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            statuses.Add(
                await gateway
                    .Client.PostAsJsonAsync(
                        "/api/auth/login",
                        new { username = spellings[i % spellings.Length], password = $"guess {i}" },
                        Ct
                    )
                    .StatusAsync()
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.InRange(statuses.Count, 8, 20);
    }

    [Fact]
    public async Task While_too_many_sign_in_the_next_is_told_to_wait_and_others_are_answered()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var names = Enumerable.Range(0, Environment.ProcessorCount + 20).Select(number => $"user{number}").ToArray();
        foreach (var name in names)
        {
            await gateway.Users.CreateUserAsync(name, FakeUsers.AnnPassword, UserRole.User, null, Ct);
        }

        var release = new TaskCompletionSource();
        gateway.Users.AfterAuthenticate = () => release.Task;
        var pending = names
            .Select(username =>
                gateway.Client.PostAsJsonAsync(
                    "/api/auth/token",
                    new { username, password = FakeUsers.AnnPassword },
                    Ct
                )
            )
            .ToList();
        using var refused = await await Task.WhenAny(pending);
        var me = await ann.GetAsync("/api/auth/me", Ct).StatusAsync();

        // Somebody who has signed in from here before has a turn of their own.
        var known = gateway.Client.PostAsJsonAsync("/api/auth/token", AnnsCredentials, Ct).StatusAsync();
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, await known);
        var answers = await Task.WhenAll(pending);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, me));
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.InRange(
            answers.Count(answer => answer.StatusCode == HttpStatusCode.OK),
            16 + Math.Max(1, Environment.ProcessorCount / 2),
            names.Length - 1
        );
    }

    [Fact]
    public async Task A_known_user_who_floods_the_sign_in_keeps_no_other_known_user_out()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.Users.CreateUserAsync("bob", FakeUsers.AnnPassword, UserRole.User, null, Ct);
        await gateway.TokenAsync();
        await gateway.TokenAsync("bob");
        var release = new TaskCompletionSource();
        gateway.Users.AfterAuthenticate = () => release.Task;

        // One is checked, and as many wait as any queue takes: the first answer is a refusal.
        var flood = Enumerable
            .Range(0, 18)
            .Select(_ => gateway.Client.PostAsJsonAsync("/api/auth/token", AnnsCredentials, Ct).StatusAsync())
            .ToList();
        Assert.Equal(HttpStatusCode.TooManyRequests, await await Task.WhenAny(flood));
        var bob = gateway
            .Client.PostAsJsonAsync("/api/auth/token", new { username = "bob", password = FakeUsers.AnnPassword }, Ct)
            .StatusAsync();
        await Eventually.TrueAsync(() =>
            gateway
                .Logs.GetSnapshot()
                .Count(log =>
                    log.Message.StartsWith("Executing endpoint", StringComparison.Ordinal)
                    && log.Message.Contains("/auth/token", StringComparison.Ordinal)
                )
            == flood.Count + 3
        );
        release.SetResult();

        Assert.Equal(HttpStatusCode.OK, await bob);
        Assert.Equal(5, (await Task.WhenAll(flood)).Count(status => status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task Guessing_many_names_from_one_address_is_throttled_too()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 100 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            statuses.Add(
                await gateway
                    .Client.PostAsJsonAsync(
                        "/api/auth/login",
                        new { username = $"user{i}", password = "password1" },
                        Ct
                    )
                    .StatusAsync()
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task While_the_store_is_away_nobody_is_let_in_and_afterwards_all_goes_on()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Store.IsAway = true;

        using var login = await gateway.Client.PostAsJsonAsync("/api/auth/login", AnnsCredentials, Ct);
        using var me = await ann.GetAsync("/api/auth/me", Ct);
        using var logout = await ann.PostAsync("/api/auth/logout", null, Ct);
        gateway.Store.IsAway = false;

        foreach (var response in new[] { login, me, logout })
        {
            Assert.Equal(
                "The user store cannot be reached just now.",
                (string)(await response.JsonAsync(HttpStatusCode.ServiceUnavailable))["detail"]!
            );
            Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_user_disabled_while_signing_in_does_not_keep_the_session()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Users.AfterAuthenticate = () => gateway.Users.SetDisabledAsync("ann", disabled: true, Ct);

        using var ann = await gateway.SignInAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task Signing_in_sweeps_the_users_expired_sessions()
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.Store.HashSetAsync(
            "datagen:user:ann:sessions",
            "old",
            """{"id":"old","kind":"Browser","createdAt":"2020-01-01T00:00:00Z","expiresAt":"2020-01-08T00:00:00Z"}""",
            Ct
        );
        await gateway.Store.HashSetAsync("datagen:user:ann:sessions", "torn", """{"id":"torn","kind""", Ct);

        await gateway.TokenAsync();

        await Eventually.TrueAsync(() => gateway.Store.Fields.Count == 1);
        Assert.DoesNotContain(gateway.Store.Fields.Keys, key => key.Field is "old" or "torn");
    }
}
