using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataGen.Ratio1;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Gateway;

/// <summary>A caller is let in only while the user's own record allows it, and nobody who can merely write the store
/// becomes a caller.</summary>
public sealed class UserRecordTests
{
    private const string AnnsSessions = "datagen:user:ann:sessions";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Changes =>
        new()
        {
            { "ann", """{"disabled":true}""" },
            { "ann", """{"password":"another-password"}""" },
            { "ann", """{"role":"admin"}""" },
            { "bob", """{"role":"user"}""" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_of_a_user_holds_at_once_also_when_the_sessions_cannot_be_ended(
        string name,
        string change
    )
    {
        await using var gateway = await GatewayHost.StartAsync();
        await gateway.Users.CreateUserAsync("bob", FakeUsers.AnnPassword, UserRole.Admin, null, Ct);
        using var admin = await gateway.SignInAsAdminAsync();
        using var changed = await gateway.SignInAsync(name);
        Assert.Equal(HttpStatusCode.OK, await changed.GetAsync("/api/auth/me", Ct).StatusAsync());
        gateway.Store.BeforeWrite = () => throw new CStoreException("The node is busy.", isTransient: true);

        var answer = await admin
            .PatchAsync($"/api/users/{name}", new StringContent(change, Encoding.UTF8, "application/json"), Ct)
            .StatusAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Contains(gateway.Store.Fields.Keys, key => key.Hash == $"datagen:user:{name}:sessions");
        Assert.Equal(HttpStatusCode.Unauthorized, await changed.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_change_made_by_another_app_holds_within_seconds()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());

        await gateway.Users.ResetPasswordAsync("ann", "another-password", Ct);

        await Eventually.GetAsync(
            () => ann.GetAsync("/api/auth/me", Ct).StatusAsync(),
            status => status == HttpStatusCode.Unauthorized
        );
    }

    [Fact]
    public async Task A_page_with_many_requests_reads_the_users_record_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
        var before = gateway.Users.Lookups;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ann.GetAsync("/api/auth/me", Ct).StatusAsync()));

        Assert.InRange(gateway.Users.Lookups - before, 0, 3);
    }

    [Fact]
    public async Task An_own_new_password_ends_every_session_but_the_one_it_was_set_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var here = await gateway.SignInAsync();
        using var there = await gateway.SignInAsync();

        await ChangePasswordAsync(here);

        Assert.Equal(HttpStatusCode.OK, await here.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await there.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_reset_that_comes_just_after_an_own_new_password_ends_the_session_too()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var here = await gateway.SignInAsync();
        gateway.Users.AfterPasswordChange = () =>
            gateway.Users.ResetPasswordAsync("ann", "the administrators", Ct).GetAwaiter().GetResult();

        await ChangePasswordAsync(here);

        Assert.Equal(HttpStatusCode.Unauthorized, await here.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task While_an_own_new_password_is_being_stored_the_session_goes_on()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var here = await gateway.SignInAsync();
        using var there = await gateway.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await there.GetAsync("/api/auth/me", Ct).StatusAsync());
        var gate = new TaskCompletionSource();
        var before = gateway.Store.Writes;
        gateway.Store.BeforeWrite = () => gate.Task;

        var changing = ChangePasswordAsync(here);
        await Eventually.TrueAsync(() => gateway.Store.Writes > before);
        var whileStoring = await here.GetAsync("/api/auth/me", Ct).StatusAsync();
        gate.SetResult();
        await changing;

        Assert.Equal(HttpStatusCode.OK, whileStoring);
        Assert.Equal(HttpStatusCode.OK, await here.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await there.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task An_own_new_password_ends_the_other_sessions_at_once_also_when_this_one_cannot_be_renewed()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var here = await gateway.SignInAsync();
        using var there = await gateway.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await there.GetAsync("/api/auth/me", Ct).StatusAsync());
        gateway.Store.BeforeWrite = () => throw new CStoreException("The node is busy.", isTransient: true);

        var answer = await here.PostAsJsonAsync(
                "/api/auth/password",
                new { currentPassword = FakeUsers.AnnPassword, newPassword = "another-password" },
                Ct
            )
            .StatusAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Equal(HttpStatusCode.Unauthorized, await there.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_logout_while_the_password_is_changed_is_not_undone()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var here = await gateway.SignInAsync();
        var session = gateway.Store.Fields.Keys.Single(key => key.Hash == AnnsSessions);
        gateway.Store.BeforeWrite = () =>
        {
            gateway.Store.BeforeWrite = () => Task.CompletedTask;
            return gateway.Store.HashSetAsync(session.Hash, session.Field, null, Ct);
        };

        await ChangePasswordAsync(here);

        Assert.Equal(HttpStatusCode.Unauthorized, await here.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Theory]
    [InlineData("\"role\":\"user\"", "\"role\":\"admin\"")]
    [InlineData("\"kind\"", "\"Kind\"")]
    [InlineData("20", "30")]
    public async Task A_session_that_was_written_into_the_store_is_none(string part, string forged)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var (key, sealedRecord) = gateway.Store.Fields.Single(field => field.Key.Hash == AnnsSessions);

        await gateway.Store.HashSetAsync(
            key.Hash,
            key.Field,
            sealedRecord.Replace(part, forged, StringComparison.Ordinal),
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());

        await gateway.Store.HashSetAsync(key.Hash, key.Field, sealedRecord, Ct);
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task An_api_token_that_was_written_into_the_store_is_refused_and_so_is_one_of_an_earlier_version()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var id = Guid.CreateVersion7().ToString("n");
        var record = JsonSerializer.Serialize(
            new
            {
                id,
                name = "planted",
                hash = Convert.ToBase64String(SHA256.HashData("known-secret"u8)),
                createdAt = DateTime.UtcNow,
            }
        );
        await gateway.Store.HashSetAsync("datagen:user:admin:tokens", id, record, Ct);
        using var thief = gateway.NewClient();
        thief.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            $"dg_YWRtaW4.{id}.known-secret"
        );

        var refused = await thief.GetAsync("/api/users", Ct).JsonAsync(HttpStatusCode.Unauthorized);

        Assert.Equal(
            "This API token was made by an earlier version of DataGen, or not by DataGen: make another one.",
            (string?)refused["detail"]
        );
    }

    [Fact]
    public async Task A_sealed_token_of_one_user_is_none_of_anothers()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        var (id, token) = ((string)created["id"]!, (string)created["token"]!);
        await gateway.Store.HashSetAsync(
            "datagen:user:admin:tokens",
            id,
            gateway.Store.Fields[("datagen:user:ann:tokens", id)],
            Ct
        );
        using var thief = gateway.NewClient();
        thief.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            token.Replace("dg_YW5u", "dg_YWRtaW4", StringComparison.Ordinal)
        );

        Assert.Equal(HttpStatusCode.Unauthorized, await thief.GetAsync("/api/users", Ct).StatusAsync());
    }

    [Theory]
    [InlineData("not JSON", "value is not valid JSON")]
    [InlineData("[]", "unsupported user type \"undefined\"")]
    [InlineData("""{"type":"simple","role":"king"}""", "role must be \"admin\" or \"user\"")]
    public async Task A_stored_user_that_cannot_be_read_is_named_to_the_administrator_and_stays_as_it_is(
        string stored,
        string problem
    )
    {
        await using var gateway = await GatewayHost.StartAsync(host =>
        {
            host.Configure = services =>
            {
                services.RemoveAll<IUserStore>();
                services.AddCStoreAuth(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(
                            new Dictionary<string, string?>
                            {
                                ["R1EN_CSTORE_AUTH_HKEY"] = "auth:test",
                                ["R1EN_CSTORE_AUTH_SECRET"] = "pepper-pepper-pepper-pepper-0123456789",
                                ["R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD"] = FakeUsers.AdminPassword,
                            }
                        )
                        .Build()
                );
            };
        });
        await Eventually.TrueAsync(() => gateway.Store.Fields.ContainsKey(("auth:test", "admin")));
        using var admin = await gateway.SignInAsAdminAsync();
        await gateway.Store.HashSetAsync("auth:test", "ann", stored, Ct);

        foreach (var change in (string[])["""{"password":"another-password"}""", """{"disabled":true}"""])
        {
            var refused = await admin
                .PatchAsync("/api/users/ann", HttpAnswers.Json(change), Ct)
                .JsonAsync(HttpStatusCode.Conflict);
            Assert.Equal(
                $"Failed to parse user record for \"ann\": {problem}. Nothing was changed; correct or remove the record in CStore.",
                (string?)refused["detail"]
            );
        }

        Assert.Equal(HttpStatusCode.Conflict, await admin.GetAsync("/api/users/ann/tokens", Ct).StatusAsync());
        Assert.Equal(stored, gateway.Store.Fields[("auth:test", "ann")]);
    }

    [Fact]
    public async Task An_administrator_lists_and_revokes_anybodys_api_tokens_and_nobody_else_does()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        using var ann = await gateway.SignInAsync();
        var created = await ann.PostAsJsonAsync("/api/tokens", new { name = "ci" }, Ct)
            .JsonAsync(HttpStatusCode.Created);
        using var script = gateway.NewClient();
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)created["token"]!);
        Assert.Equal(HttpStatusCode.OK, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await ann.GetAsync("/api/users/admin/tokens", Ct).StatusAsync());

        var listed = await admin.GetAsync("/api/users/Ann/tokens", Ct).JsonAsync();
        Assert.Equal(["ci"], listed["items"]!.AsArray().Select(token => (string?)token!["name"]));
        var path = $"/api/users/ann/tokens/{created["id"]}";
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync(path, Ct).StatusAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, await script.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, await admin.DeleteAsync(path, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.NotFound, await admin.GetAsync("/api/users/nobody/tokens", Ct).StatusAsync());
    }

    [Theory]
    [InlineData("""{"role":"user"}""", false)]
    [InlineData("""{"disabled":true}""", false)]
    [InlineData("""{"role":"user"}""", true)]
    [InlineData("""{"disabled":true}""", true)]
    public async Task Two_administrators_who_take_each_other_away_leave_one(string change, bool onTwoReplicas)
    {
        await using var one = await GatewayHost.StartAsync();
        await using var two = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<ICStore>(one.Store).AddSingleton<IUserStore>(one.Users)
        );
        await one.Users.CreateUserAsync("bob", FakeUsers.AnnPassword, UserRole.Admin, null, Ct);
        for (var round = 0; round < 20; round++)
        {
            using var admin = await one.SignInAsAdminAsync();
            using var bob = await (onTwoReplicas ? two : one).SignInAsync("bob");

            var answers = await Task.WhenAll(ChangeAsync(admin, "bob"), ChangeAsync(bob, "admin"));

            var left = (await one.Users.GetAllUsersAsync(Ct)).Count(user =>
                user is { Role: UserRole.Admin, IsDisabled: false }
            );
            Assert.True(left > 0, string.Join(' ', answers));
            await one.Users.UpdateUserAsync("admin", UserRole.Admin, [], Ct);
            await one.Users.UpdateUserAsync("bob", UserRole.Admin, [], Ct);
        }

        Task<HttpStatusCode> ChangeAsync(HttpClient client, string name) =>
            client
                .PatchAsync($"/api/users/{name}", new StringContent(change, Encoding.UTF8, "application/json"), Ct)
                .StatusAsync();
    }

    private static async Task ChangePasswordAsync(HttpClient client) =>
        Assert.Equal(
            HttpStatusCode.NoContent,
            await client
                .PostAsJsonAsync(
                    "/api/auth/password",
                    new { currentPassword = FakeUsers.AnnPassword, newPassword = "another-password" },
                    Ct
                )
                .StatusAsync()
        );
}
