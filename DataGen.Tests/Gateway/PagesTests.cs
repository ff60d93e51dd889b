using System.Net;
using DataGen.ServiceDefaults.Identity;
using Microsoft.IdentityModel.JsonWebTokens;

namespace DataGen.Tests.Gateway;

public sealed class PagesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "%2F")]
    [InlineData("/tasks/1?tab=records", "%2Ftasks%2F1%3Ftab%3Drecords")]
    public async Task A_page_without_a_session_redirects_to_the_sign_in(string page, string returnUrl)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.GetAsync(page, Ct);

        Assert.Equal(
            (HttpStatusCode.Redirect, $"/login?returnUrl={returnUrl}"),
            (response.StatusCode, response.Headers.Location?.OriginalString)
        );
        Assert.Empty(gateway.Web.Requests);
    }

    [Fact]
    public async Task A_form_posted_to_a_page_without_a_session_is_401()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await gateway.Client.PostAsync("/", new FormUrlEncodedContent([]), Ct).StatusAsync()
        );
    }

    [Theory]
    [InlineData("/login")]
    [InlineData("/error")]
    [InlineData("/css/site.css")]
    [InlineData("/js/app.js")]
    [InlineData("/lib/a/b.js")]
    [InlineData("/images/logo.svg")]
    [InlineData("/favicon.ico")]
    [InlineData("/favicon-32.png")]
    public async Task The_sign_in_page_and_its_assets_are_open_and_cost_no_lookup(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", $"datagen_session={await gateway.TokenAsync()}");
        var reads = gateway.Store.Reads;

        using var response = await gateway.Client.SendAsync(request, Ct);

        Assert.Equal($"<h1>Web: GET {path}</h1>", await response.Content.ReadAsStringAsync(Ct));
        Assert.Equal(reads, gateway.Store.Reads);
        Assert.DoesNotContain("Authorization", Assert.Single(gateway.Web.Requests).Headers.Keys);
    }

    [Fact]
    public async Task Web_learns_who_asks_and_never_sees_the_session()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.TokenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tasks/1?a=b");
        request.Headers.Add("Cookie", $"theme=dark; datagen_session={token}; .AspNetCore.Antiforgery.x=CfDJ8%2F+=");
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");

        using var response = await gateway.Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var (path, headers) = Assert.Single(gateway.Web.Requests);
        Assert.Equal("/tasks/1", path);
        Assert.Equal("theme=dark; .AspNetCore.Antiforgery.x=CfDJ8%2F+=", headers["Cookie"]);
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(gateway.Client.BaseAddress!.Authority, headers["Host"]);
        Assert.DoesNotContain(headers.Values, value => value.Contains(token, StringComparison.Ordinal));
        var identity = new JsonWebToken(headers["Authorization"]["Bearer ".Length..]);
        Assert.Equal(
            (IdentityTokens.Audience, "ann", "user"),
            (identity.Audiences.Single(), identity.Subject, identity.GetPayloadValue<string>("role"))
        );
    }

    [Fact]
    public async Task A_bearer_token_is_replaced_too_and_forged_identity_is_not_passed_on()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        using var response = await ann.GetAsync("/", Ct);
        using var anonymous = new HttpRequestMessage(HttpMethod.Get, "/login");
        anonymous.Headers.Add(
            "Authorization",
            $"Bearer {new IdentityTokens(GatewayHost.SessionSecret, TimeProvider.System).Issue("admin", "admin")}"
        );
        using var login = await gateway.Client.SendAsync(anonymous, Ct);

        var seen = gateway.Web.Requests.ToArray();
        Assert.NotEqual(ann.DefaultRequestHeaders.Authorization!.ToString(), seen[0].Headers["Authorization"]);
        Assert.Equal("ann", new JsonWebToken(seen[0].Headers["Authorization"]["Bearer ".Length..]).Subject);
        Assert.DoesNotContain("Authorization", seen[1].Headers.Keys);
    }

    [Fact]
    public async Task While_Web_is_away_the_browser_gets_a_page_that_says_so()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        await gateway.Web.DisposeAsync();

        using var response = await ann.GetAsync("/", Ct);

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "text/html"),
            (response.StatusCode, response.Content.Headers.ContentType?.MediaType)
        );
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        var page = await response.Content.ReadAsStringAsync(Ct);
        Assert.Contains("cannot be reached just now", page, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_is_away_a_page_is_503_in_words()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        gateway.Store.IsAway = true;

        using var response = await ann.GetAsync("/", Ct);

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "text/html"),
            (response.StatusCode, response.Content.Headers.ContentType?.MediaType)
        );
        Assert.Empty(gateway.Web.Requests);
    }
}
