using System.Net;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Web;

public sealed partial class TaskPageTests : IAsyncLifetime
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
        Assert.Contains(
            "<th scope=\"col\" data-name=\"name\" data-kind=\"text\">name</th><th scope=\"col\" data-name=\"id\" data-kind=\"number\">id</th><th scope=\"col\" data-name=\"tags\" data-kind=\"json\">tags</th>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<td data-kind=\"number\">12345678901234567890</td>", html, StringComparison.Ordinal);
        Assert.Contains("1.2 s · 2 tries", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("<td class=\"record-error\" colspan=\"3\">", html, StringComparison.Ordinal);
        Assert.Contains("<b class=\"failure-count\">1,234×</b>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains(">Record 3</button>", html, StringComparison.Ordinal);
        Assert.Contains("Other reasons", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/tasks/" + FakeTasks.RunningId)]
    [InlineData("/tasks/" + FakeTasks.HostileId)]
    public async Task Hostile_text_is_shown_as_text(string path)
    {
        var (_, html) = await web.GetAsync(path);

        Assert.Contains(
            "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=alert(1)&gt;",
            html,
            StringComparison.Ordinal
        );
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
        Assert.Contains(
            """-d '{"prompt":"it'\''s \u202e<script>alert('\''x'\'')</script>\"><img""",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Programs_that_read_the_records_name_this_task_and_this_server()
    {
        web.Browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "data.example");
        web.Browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var (_, ended) = await web.GetAsync($"/tasks/{FakeTasks.HostileId}");
        var (_, running) = await web.GetAsync($"/tasks/{FakeTasks.RunningId}");

        var export = $"\"https://data.example/api/tasks/{FakeTasks.HostileId}/export?format=";
        foreach (var format in new[] { "csv", "jsonl", "parquet" })
        {
            Assert.Contains($"{export}{format}\"", WebUtility.HtmlDecode(ended), StringComparison.Ordinal);
        }

        Assert.Contains("export?format=csv&partial=true\"", WebUtility.HtmlDecode(running), StringComparison.Ordinal);
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

        using var response = await web.Browser.GetAsync(
            new Uri($"/tasks/{FakeTasks.RunningId}", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
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
    public async Task A_task_that_was_stopped_says_why_what_was_rejected_and_takes_a_higher_bound()
    {
        var page = $"/tasks/{FakeTasks.StoppedId}";
        var (_, html) = await web.GetAsync(page);
        var text = WebUtility.HtmlDecode(html);

        Assert.Contains(
            "Stopped: its budget is used up. With a higher one it goes on.",
            text,
            StringComparison.Ordinal
        );
        Assert.Equal(("1,500", "1,460"), (Field(html, "calls"), Field(html, "rejected")));
        Assert.Contains("60 not valid, 1,400 repeated", text, StringComparison.Ordinal);
        Assert.Contains("\"unique\": [", text, StringComparison.Ordinal);
        Assert.Contains("<dt>Budget</dt><dd>1,500 calls</dd>", html, StringComparison.Ordinal);
        Assert.Contains(
            """-d '{"prompt":"A plant","count":100,"title":"Out of calls","unique":[["name"]],"budget":{"calls":1500}}'""",
            text,
            StringComparison.Ordinal
        );

        using var response = await web.SubmitAsync(page, $"{page}?handler=Retry", new() { ["calls"] = "3000" });

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal((FakeTasks.StoppedId, 3000L), (web.Tasks.Budget!.Id, web.Tasks.Budget.Calls));
        Assert.Equal(FakeTasks.StoppedId, web.Tasks.Retried);
    }

    [Fact]
    public async Task The_places_of_the_records_add_up_to_what_was_asked_for()
    {
        var (_, html) = await web.GetAsync($"/tasks/{FakeTasks.RunningId}");

        Assert.Equal(
            ("62", "2", "1", "1,435"),
            (Field(html, "good"), Field(html, "failures"), Field(html, "inFlight"), Field(html, "waiting"))
        );
        Assert.Contains("<dt>Requested</dt><dd>1,500</dd>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FakeTasks.RunningId, null)]
    [InlineData(FakeTasks.HostileId, "Retry 3 failed")]
    [InlineData(FakeTasks.CancelledId, "Resume (65 left)")]
    public async Task A_retry_is_offered_when_the_task_has_ended_and_says_how_many_it_makes(string id, string? label)
    {
        var (_, html) = await web.GetAsync($"/tasks/{id}");
        var form = RetryForm().Match(html);

        Assert.Equal(label is null, form.Groups[1].Value.Contains("hidden", StringComparison.Ordinal));
        if (label is not null)
        {
            Assert.Equal(label, form.Groups[2].Value);
        }
    }

    [Fact]
    public async Task The_sizes_of_files_are_said_where_they_are_known()
    {
        var (_, html) = await web.GetAsync($"/tasks/{FakeTasks.HostileId}");

        Assert.Contains("<span data-size=\"json\">about 12.3 kB</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span data-size=\"jsonl\">12.3 kB</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span data-size=\"parquet\"></span>", html, StringComparison.Ordinal);
        Assert.Contains(
            $"/api/tasks/{FakeTasks.HostileId}/export?format=csv&amp;formulaGuard=true&amp;bom=true",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_would_turn_the_direction_of_a_line_is_shown_by_its_number()
    {
        var (_, html) = await web.GetAsync($"/tasks/{FakeTasks.HostileId}");

        Assert.DoesNotContain('\u202E', WebUtility.HtmlDecode(html));
        Assert.Contains("it's \\u202e<script>", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retrying_works_without_script_and_leads_back_to_the_page()
    {
        var page = $"/tasks/{FakeTasks.HostileId}";

        using var response = await web.SubmitAsync(page, $"{page}?handler=Retry", []);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(page, response.Headers.Location?.OriginalString);
        Assert.Equal(FakeTasks.HostileId, web.Tasks.Retried);
    }

    [Fact]
    public async Task Without_script_the_page_asks_before_it_deletes()
    {
        var page = $"/tasks/{FakeTasks.HostileId}";
        var (_, plain) = await web.GetAsync(page);
        var (_, asking) = await web.GetAsync($"{page}?ask=delete");

        Assert.DoesNotContain("handler=Delete", plain, StringComparison.Ordinal);
        Assert.Contains($"action=\"{page}?handler=Delete\"", asking, StringComparison.Ordinal);
        Assert.Contains("Its 7 good records", asking, StringComparison.Ordinal);
        Assert.Null(web.Tasks.Deleted);
    }

    [Theory]
    [InlineData(FakeTasks.HostileId, FakeTasks.HostileId)]
    [InlineData("0199a000-0000-7000-8000-00000000dead", null)]
    public async Task Deleting_leads_to_the_dashboard_even_when_the_task_is_gone_already(string id, string? deleted)
    {
        using var response = await web.SubmitAsync($"/tasks/{FakeTasks.RunningId}", $"/tasks/{id}?handler=Delete", []);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/?deleted={id}", response.Headers.Location?.OriginalString);
        Assert.Equal(deleted, web.Tasks.Deleted);
    }

    [Theory]
    [InlineData("Cancel")]
    [InlineData("Retry")]
    [InlineData("Delete")]
    public async Task What_changes_a_task_needs_the_antiforgery_token(string handler)
    {
        using var response = await web.PostAsync($"/tasks/{FakeTasks.RunningId}?handler={handler}", []);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal((null, null, null), (web.Tasks.Cancelled, web.Tasks.Retried, web.Tasks.Deleted));
    }

    private static string Field(string html, string name) =>
        Regex.Match(html, $"data-field=\"{name}\">([^<]*)<").Groups[1].Value;

    [GeneratedRegex("<form([^>]*id=\"retry-form\"[^>]*)>\\s*<button[^>]*>([^<]*)</button>")]
    private static partial Regex RetryForm();
}
