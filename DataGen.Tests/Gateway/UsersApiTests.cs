using System.Net;
using System.Net.Http.Json;

namespace DataGen.Tests.Gateway;

public sealed class UsersApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Users_are_for_administrators()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(403, (int)(await ann.GetAsync("/api/users", Ct).JsonAsync(HttpStatusCode.Forbidden))["status"]!);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await ann.PostAsJsonAsync(
                    "/api/users",
                    new
                    {
                        username = "eve",
                        password = "eves-password",
                        role = "admin",
                    },
                    Ct
                )
                .StatusAsync()
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            await ann.PatchAsJsonAsync("/api/users/ann", new { role = "admin" }, Ct).StatusAsync()
        );
    }

    [Fact]
    public async Task A_created_user_is_listed_and_can_sign_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();

        using var response = await admin.PostAsJsonAsync(
            "/api/users",
            new { username = "Bob", password = "bobs-password" },
            Ct
        );

        const string Bob =
            """{"username":"bob","role":"user","disabled":false,"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z"}""";
        Assert.Equal(
            (Bob, "/api/users/bob"),
            (
                (await response.JsonAsync(HttpStatusCode.Created)).ToJsonString(),
                response.Headers.Location?.OriginalString
            )
        );
        Assert.Equal(
            ["admin", "ann", "bob"],
            (await admin.GetAsync("/api/users", Ct).JsonAsync())["items"]!
                .AsArray()
                .Select(user => (string?)user!["username"])
        );
        await gateway.TokenAsync("bob", "bobs-password");
        Assert.Equal(
            HttpStatusCode.Conflict,
            await admin
                .PostAsJsonAsync("/api/users", new { username = "bob", password = "bobs-password" }, Ct)
                .StatusAsync()
        );
    }

    [Fact]
    public async Task A_disabled_user_is_out_at_once_and_stays_out()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        using var ann = await gateway.SignInAsync();

        var answer = await admin.PatchAsJsonAsync("/api/users/ANN", new { disabled = true }, Ct).JsonAsync();

        Assert.True((bool)answer["disabled"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await gateway
                .Client.PostAsJsonAsync(
                    "/api/auth/token",
                    new { username = "ann", password = FakeUsers.AnnPassword },
                    Ct
                )
                .StatusAsync()
        );
        Assert.Equal(
            HttpStatusCode.OK,
            await admin.PatchAsJsonAsync("/api/users/ann", new { disabled = false }, Ct).StatusAsync()
        );
        await gateway.TokenAsync();
    }

    [Fact]
    public async Task A_new_role_or_password_ends_the_users_sessions()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        using var before = await gateway.SignInAsync();

        Assert.Equal(
            "admin",
            (string?)(await admin.PatchAsJsonAsync("/api/users/ann", new { role = "admin" }, Ct).JsonAsync())["role"]
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await before.GetAsync("/api/auth/me", Ct).StatusAsync());
        using var between = await gateway.SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await between.GetAsync("/api/users", Ct).StatusAsync());

        Assert.Equal(
            HttpStatusCode.OK,
            await admin.PatchAsJsonAsync("/api/users/ann", new { password = "reset-by-admin" }, Ct).StatusAsync()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await between.GetAsync("/api/auth/me", Ct).StatusAsync());
        await gateway.TokenAsync("ann", "reset-by-admin");
    }

    [Theory]
    [InlineData("ann", """{"role":"root"}""", "role")]
    [InlineData("ann", """{"password":"short"}""", "password")]
    [InlineData("ann", """{"disabled":"yes"}""", "disabled")]
    [InlineData("admin", """{"disabled":true}""", "disabled")]
    [InlineData("admin", """{"role":"user"}""", "role")]
    public async Task A_change_that_cannot_be_names_the_field_and_ends_no_session(
        string user,
        string body,
        string field
    )
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            [field],
            await admin.PatchAsync($"/api/users/{user}", HttpAnswers.Json(body), Ct).WrongFieldsAsync()
        );

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK),
            (
                await ann.GetAsync("/api/auth/me", Ct).StatusAsync(),
                await admin.GetAsync("/api/auth/me", Ct).StatusAsync()
            )
        );
    }
}
