using System.Net;

namespace DataGen.Tests.Web;

public sealed class TaskPageTests : IAsyncLifetime
{
    private readonly WebUnderTest web = new();

    public async ValueTask InitializeAsync()
    {
        await web.InitializeAsync();
        web.SignIn();
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Fact]
    public async Task The_page_shows_progress_records_and_grouped_failures()
    {
        var (status, html) = await web.GetAsync($"/tasks/{FakeTasks.RunningId}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<title>Book shop · DataGen</title>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("<span data-field=\"percent\">4</span>%", html, StringComparison.Ordinal);
        Assert.Contains("The inference server is busy.", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\" data-kind=\"text\">name</th><th scope=\"col\" data-kind=\"number\">id</th><th scope=\"col\" data-kind=\"json\">tags</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td data-kind=\"number\">12345678901234567890</td>", html, StringComparison.Ordinal);
        Assert.Contains("1.2 s · 2 tries", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("<td class=\"record-error\" colspan=\"3\">", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"failure-count\">2×</span>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("#3, #5", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/tasks/" + FakeTasks.HostileId)]
    public async Task Hostile_text_is_shown_as_text(string path)
    {
        var (_, html) = await web.GetAsync(path);

        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Ada", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curl_request_survives_a_quote_in_the_prompt()
    {
        web.Browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "data.example");
        web.Browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var (_, html) = await web.GetAsync($"/tasks/{FakeTasks.HostileId}");
        var text = WebUtility.HtmlDecode(html);

        Assert.Contains("curl https://data.example/api/tasks \\", text, StringComparison.Ordinal);
        Assert.Contains("""-d '{"prompt":"it'\''s <script>alert('\''x'\'')</script>\"><img""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tasks/0199a000-0000-7000-8000-00000000dead")]
    [InlineData("/tasks/%3Cscript%3E")]
    [InlineData("/nowhere")]
    public async Task What_is_not_there_is_404(string path)
    {
        var (status, html) = await web.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Nothing here", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Tasks_is_away_the_page_is_a_friendly_503()
    {
        web.Tasks.IsAway = true;

        using var response = await web.Browser.GetAsync(new Uri($"/tasks/{FakeTasks.RunningId}", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
        Assert.Contains("Back in a moment", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/tasks/{FakeTasks.RunningId}\">Try again</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.7", html, StringComparison.Ordinal);
        Assert.DoesNotContain("RpcException", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_works_without_script_and_leads_back_to_the_page()
    {
        var page = $"/tasks/{FakeTasks.RunningId}";

        using var response = await web.SubmitAsync(page, $"{page}?handler=Cancel", []);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(page, response.Headers.Location?.OriginalString);
        Assert.Equal(FakeTasks.RunningId, web.Tasks.Cancelled);
    }

    [Fact]
    public async Task Cancelling_needs_the_antiforgery_token()
    {
        using var response = await web.PostAsync($"/tasks/{FakeTasks.RunningId}?handler=Cancel", []);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Null(web.Tasks.Cancelled);
    }
}
