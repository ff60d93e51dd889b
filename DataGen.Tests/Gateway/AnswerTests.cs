using System.Net;

namespace DataGen.Tests.Gateway;

/// <summary>What answers have in common.</summary>
public sealed class AnswerTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/login")]
    [InlineData("/health")]
    [InlineData("/api/auth/me")]
    [InlineData("/")]
    public async Task Every_answer_limits_what_the_browser_may_do(string path)
    {
        using var response = await shared.Host.Client.GetAsync(path, Ct);

        Assert.Contains(
            "default-src 'self'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task The_probes_are_open_and_say_one_word(string path)
    {
        Assert.Equal("Healthy", await shared.Host.Client.GetStringAsync(path, Ct));
    }

    [Theory]
    [InlineData("Accept", "application/json")]
    [InlineData("Sec-Fetch-Mode", "cors")]
    public async Task What_a_script_fetches_from_a_page_is_401_and_no_redirect(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tasks/1");
        request.Headers.Add(header, value);

        Assert.Equal(HttpStatusCode.Unauthorized, await shared.Host.Client.SendAsync(request, Ct).StatusAsync());
    }
}
