using System.Net;

namespace DataGen.Tests.Gateway;

public sealed class CrossSiteTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task What_another_site_makes_the_browser_do_is_403(string header, string value)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var cookie = $"datagen_session={await gateway.TokenAsync()}";
        foreach (
            var (method, path) in new[]
            {
                ("POST", "/api/auth/logout"),
                ("POST", "/api/tasks"),
                ("POST", "/api/tasks/1/cancel"),
                ("POST", "/api/tasks/1/retry"),
                ("DELETE", "/api/tasks/1"),
                ("POST", "/login"),
                ("POST", "/logout"),
                ("POST", "/some/page"),
                ("POST", "/api/auth/login"),
            }
        )
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = HttpAnswers.Json("{}"),
            };
            request.Headers.Add("Cookie", cookie);
            request.Headers.Add(header, value);

            Assert.Equal(
                (path, HttpStatusCode.Forbidden),
                (path, await gateway.Client.SendAsync(request, Ct).StatusAsync())
            );
        }

        Assert.Single(gateway.Store.Fields);
        Assert.Empty(gateway.Tasks.Calls);
        Assert.Empty(gateway.Web.Requests);
    }

    [Fact]
    public async Task Our_own_pages_may_post_and_others_may_link_here()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var cookie = $"datagen_session={await gateway.TokenAsync()}";
        using var link = new HttpRequestMessage(HttpMethod.Get, "/");
        link.Headers.Add("Cookie", cookie);
        link.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var own = new HttpRequestMessage(HttpMethod.Post, "/api/auth/logout");
        own.Headers.Add("Cookie", cookie);
        own.Headers.Add("Origin", gateway.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        own.Headers.Add("Sec-Fetch-Site", "same-origin");

        Assert.Equal(HttpStatusCode.OK, await gateway.Client.SendAsync(link, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.NoContent, await gateway.Client.SendAsync(own, Ct).StatusAsync());
    }

    [Fact]
    public async Task A_bearer_token_is_not_sent_by_itself_and_needs_no_such_guard()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        ann.DefaultRequestHeaders.Add("Origin", "https://notebook.example");

        Assert.Equal(HttpStatusCode.NoContent, await ann.PostAsync("/api/auth/logout", null, Ct).StatusAsync());
    }

    [Fact]
    public async Task A_bearer_header_does_not_open_the_door_for_the_cookie()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/logout");
        request.Headers.Add("Cookie", $"datagen_session={await gateway.TokenAsync()}");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer x");

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.SendAsync(request, Ct).StatusAsync());
        Assert.Single(gateway.Store.Fields);
    }
}
