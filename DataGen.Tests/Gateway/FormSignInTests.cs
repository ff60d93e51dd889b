using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Gateway;

public sealed class FormSignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/tasks/1?tab=records", "/tasks/1?tab=records")]
    [InlineData("/größe", "/gr%C3%B6%C3%9Fe")]
    [InlineData("", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/ok\r\nSet-Cookie: a=b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task Signing_in_by_form_sets_the_cookie_and_goes_on_within_the_site(string returnUrl, string location)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.PostAsync("/login", Form(FakeUsers.AnnPassword, returnUrl), Ct);

        Assert.Equal(
            (HttpStatusCode.SeeOther, location),
            (response.StatusCode, response.Headers.Location?.OriginalString)
        );
        Assert.Single(
            response.Headers.GetValues("Set-Cookie"),
            cookie => cookie.StartsWith("datagen_session=ey", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_wrong_password_goes_back_to_the_form()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.PostAsync("/login", Form("wrong", "/tasks/1?a=b"), Ct);

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/login?error=invalid&returnUrl=%2Ftasks%2F1%3Fa%3Db"),
            (response.StatusCode, response.Headers.Location?.OriginalString)
        );
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_form_is_told_when_to_wait_and_when_the_store_is_away()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Store.IsAway = true;
        using var away = await gateway.Client.PostAsync("/login", Form(FakeUsers.AnnPassword, "/"), Ct);
        gateway.Store.IsAway = false;
        Assert.Equal("/login?error=unavailable&returnUrl=%2F", away.Headers.Location?.OriginalString);

        var locations = new List<string?>();
        for (var i = 0; i < 40 && locations.LastOrDefault() != "/login?error=throttled&returnUrl=%2F"; i++)
        {
            using var response = await gateway.Client.PostAsync("/login", Form("wrong", "/"), Ct);
            locations.Add(response.Headers.Location?.OriginalString);
        }

        Assert.Equal("/login?error=throttled&returnUrl=%2F", locations[^1]);
    }

    [Fact]
    public async Task Signing_out_by_form_ends_the_session_and_clears_the_cookie()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/logout");
        request.Headers.Add("Cookie", $"datagen_session={await gateway.TokenAsync()}");

        using var response = await gateway.Client.SendAsync(request, Ct);

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/login"),
            (response.StatusCode, response.Headers.Location?.OriginalString)
        );
        Assert.StartsWith(
            "datagen_session=; expires=Thu, 01 Jan 1970",
            Assert.Single(response.Headers.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
        Assert.Empty(gateway.Store.Fields);
    }

    [Fact]
    public async Task Signing_out_without_a_session_just_shows_the_form()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.PostAsync("/logout", null, Ct);

        Assert.Equal("/login", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Anything_but_a_form_is_refused()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Equal(
            HttpStatusCode.UnsupportedMediaType,
            await gateway.Client.PostAsync("/login", HttpAnswers.Json("{}"), Ct).StatusAsync()
        );
    }

    [Theory]
    [InlineData("/login", "multipart/form-data", "x")]
    [InlineData("/login", "multipart/form-data; boundary=b", "x")]
    [InlineData("/login", "multipart/form-data; boundary=b", "--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n")]
    [InlineData("/login", "application/x-www-form-urlencoded", "<a key of 5000 letters>")]
    [InlineData("/api/auth/login", "application/json; charset=nonsense", "{}")]
    [InlineData("/api/auth/token", "application/json; charset=nonsense", "{}")]
    public async Task A_body_that_cannot_be_read_is_the_callers_mistake(string path, string contentType, string body)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var content = new ByteArrayContent(
            Encoding.UTF8.GetBytes(body.Replace("<a key of 5000 letters>", new string('k', 5000) + "=v"))
        );
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        gateway.Logs.Clear();

        Assert.Equal(HttpStatusCode.BadRequest, await gateway.Client.PostAsync(path, content, Ct).StatusAsync());
        Assert.DoesNotContain(gateway.Logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
    }

    private static FormUrlEncodedContent Form(string password, string returnUrl) =>
        new([new("username", "ann"), new("password", password), new("returnUrl", returnUrl)]);
}
