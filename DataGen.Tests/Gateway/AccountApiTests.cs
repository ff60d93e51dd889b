using System.Net;
using System.Net.Http.Json;

namespace DataGen.Tests.Gateway;

public sealed class AccountApiTests
{
    private const string NewPassword = "a-new-password";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var here = await gateway.SignInAsync();
        using var elsewhere = await gateway.SignInAsync();

        Assert.Equal(
            HttpStatusCode.NoContent,
            await here.PostAsJsonAsync(
                    "/api/auth/password",
                    new { currentPassword = FakeUsers.AnnPassword, newPassword = NewPassword },
                    Ct
                )
                .StatusAsync()
        );

        Assert.Equal(HttpStatusCode.OK, await here.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.GetAsync("/api/auth/me", Ct).StatusAsync());
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
        await gateway.TokenAsync("ann", NewPassword);
    }

    [Theory]
    [InlineData("""{"currentPassword":"wrong","newPassword":"a-new-password"}""", "currentPassword")]
    [InlineData("""{"currentPassword":"ann-password-b2c4","newPassword":"short"}""", "newPassword")]
    [InlineData("""{"currentPassword":"ann-password-b2c4"}""", "newPassword")]
    [InlineData("""{}""", "currentPassword,newPassword")]
    public async Task A_password_change_that_cannot_be_names_the_field_and_changes_nothing(string body, string fields)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            fields.Split(','),
            await ann.PostAsync("/api/auth/password", HttpAnswers.Json(body), Ct).WrongFieldsAsync()
        );

        await gateway.TokenAsync();
    }

    [Fact]
    public async Task Guessing_the_current_password_in_a_stolen_session_is_throttled()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 40 && !statuses.Contains(HttpStatusCode.TooManyRequests); i++)
        {
            statuses.Add(
                await ann.PostAsJsonAsync(
                        "/api/auth/password",
                        new { currentPassword = $"guess {i}", newPassword = NewPassword },
                        Ct
                    )
                    .StatusAsync()
            );
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task A_user_sees_own_sessions_and_can_end_them()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        using var other = await gateway.SignInAsync();
        using var ann = await gateway.SignInAsync();

        var items = (await ann.GetAsync("/api/auth/sessions", Ct).JsonAsync())["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        var old = items.Single(session => !(bool)session!["current"]!)!;
        Assert.Equal(
            ["id", "kind", "createdAt", "expiresAt", "current", "address"],
            old.AsObject().Select(field => field.Key)
        );
        Assert.Equal("token", (string?)old["kind"]);

        Assert.Equal(
            HttpStatusCode.NoContent,
            await ann.DeleteAsync($"/api/auth/sessions/{old["id"]}", Ct).StatusAsync()
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            await ann.DeleteAsync($"/api/auth/sessions/{old["id"]}", Ct).StatusAsync()
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await other.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await admin.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_user_cannot_end_anothers_session()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var admin = await gateway.SignInAsAdminAsync();
        var adminsSession = gateway.Store.Fields.Keys.Single().Field;
        using var ann = await gateway.SignInAsync();

        Assert.Equal(
            HttpStatusCode.NotFound,
            await ann.DeleteAsync($"/api/auth/sessions/{adminsSession}", Ct).StatusAsync()
        );

        Assert.Equal(HttpStatusCode.OK, await admin.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task All_other_sessions_can_be_ended_at_once()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var one = await gateway.SignInAsync();
        using var two = await gateway.SignInAsync();
        using var ann = await gateway.SignInAsync();

        Assert.Equal(HttpStatusCode.NoContent, await ann.DeleteAsync("/api/auth/sessions", Ct).StatusAsync());

        Assert.Single((await ann.GetAsync("/api/auth/sessions", Ct).JsonAsync())["items"]!.AsArray());
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized),
            (await one.GetAsync("/api/auth/me", Ct).StatusAsync(), await two.GetAsync("/api/auth/me", Ct).StatusAsync())
        );
    }
}
