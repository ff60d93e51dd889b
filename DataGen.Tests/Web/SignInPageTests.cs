using System.Net;

namespace DataGen.Tests.Web;

public sealed class SignInPageTests : IAsyncLifetime
{
    private readonly WebUnderTest web = new();

    public ValueTask InitializeAsync() => web.InitializeAsync();

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/?cursor=x")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/no/such/page")]
    public async Task Who_has_not_signed_in_learns_nothing(string path)
    {
        var (status, html) = await web.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Please sign in", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Book shop", html, StringComparison.Ordinal);
        Assert.DoesNotContain("9,876", html, StringComparison.Ordinal);
        Assert.Empty(web.Tasks.Callers);
    }

    [Fact]
    public async Task A_token_signed_with_another_secret_is_no_identity()
    {
        var forged = new DataGen.ServiceDefaults.Identity.IdentityTokens(
            "another secret that is just as long as it must be",
            TimeProvider.System
        ).Issue("ada", "admin");
        web.Browser.DefaultRequestHeaders.Authorization = new("Bearer", forged);

        var (status, _) = await web.GetAsync("/");

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Theory]
    [InlineData("invalid", "The username or the password is wrong.")]
    [InlineData("throttled", "Too many attempts.")]
    [InlineData("unavailable", "The user store cannot be reached just now.")]
    [InlineData("<script>", "Signing in did not work.")]
    public async Task The_sign_in_page_says_what_went_wrong(string error, string message)
    {
        var (status, html) = await web.GetAsync("/login?error=" + Uri.EscapeDataString(error));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Matches($"<div class=\"alert\" role=\"alert\" id=\"login-error\" data-part=\"problem\">{message}", html);
    }

    [Fact]
    public async Task Without_an_error_there_is_no_message()
    {
        var (_, html) = await web.GetAsync("/login");

        Assert.Matches("id=\"login-error\"[^>]* hidden=\"hidden\"></div>", html);
        Assert.Contains("autocomplete=\"username\"", html, StringComparison.Ordinal);
        Assert.Contains("autocomplete=\"current-password\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tasks/1?x=2", "/tasks/1?x=2")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_back_to_this_site_only(string returnUrl, string destination)
    {
        var (_, html) = await web.GetAsync("/login?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Contains(
            $"name=\"returnUrl\" value=\"{WebUtility.HtmlEncode(destination)}\"",
            html,
            StringComparison.Ordinal
        );
    }
}
