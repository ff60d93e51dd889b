using System.Net;
using System.Text.RegularExpressions;
using DataGen.Contracts;

namespace DataGen.Tests.Web;

public sealed class DashboardTests : IAsyncLifetime
{
    private readonly WebUnderTest web = new();

    public async ValueTask InitializeAsync()
    {
        await web.InitializeAsync();
        web.SignIn();
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Fact]
    public async Task The_dashboard_shows_the_tasks_and_the_metrics()
    {
        var (status, html) = await web.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"href=\"/tasks/{FakeTasks.RunningId}\">Book shop</a>", html, StringComparison.Ordinal);
        Assert.Contains(
            "<b data-field=\"good\">62</b> of <span data-field=\"count\">1,500</span>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("2 failed", html, StringComparison.Ordinal);
        Assert.Contains("The inference server is busy.", html, StringComparison.Ordinal);
        Assert.Contains(
            $"/api/tasks/{FakeTasks.RunningId}/export?format=csv&amp;partial=true",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains($"/api/tasks/{FakeTasks.HostileId}/export?format=csv\"", html, StringComparison.Ordinal);
        Assert.Contains(
            "data-metric=\"totalRecordsGenerated\" data-value=\"9876\">9,876<",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("datetime=\"2026-11-22T08:00:00.000Z\"", html, StringComparison.Ordinal);
        Assert.Matches("data-field=\"pace\">5 min 59 s left<", WebUtility.HtmlDecode(html));
        Assert.Contains("id=\"list-total\">2 in all<", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/?cursor=older%20%26%20further\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_is_asked_in_the_name_of_the_caller()
    {
        web.SignIn("grace", "admin");

        await web.GetAsync("/");

        Assert.Equal(["grace/admin", "grace/admin"], web.Tasks.Callers);
    }

    [Fact]
    public async Task Somebody_without_tasks_is_told_how_to_begin()
    {
        web.Tasks.IsEmpty = true;

        var (_, html) = await web.GetAsync("/");

        Assert.Matches("id=\"empty\">\\s*<h3>Your first dataset is one description away", html);
        Assert.Matches("id=\"no-match\"[^>]*hidden=\"hidden\"", html);
    }

    [Fact]
    public async Task An_example_fills_the_form_without_script()
    {
        var (_, html) = await web.GetAsync("/?example=payments");

        Assert.Matches("<textarea[^>]*>\\s*A card payment: transaction id", html);
    }

    [Fact]
    public async Task A_definition_of_the_gallery_fills_the_whole_form_without_script()
    {
        var (_, gallery) = await web.GetAsync("/gallery");
        var (_, html) = await web.GetAsync("/?definition=bank");

        Assert.Equal(10, Regex.Count(gallery, "href=\"/\\?definition="));
        Assert.Contains("href=\"/?definition=bank\"", gallery, StringComparison.Ordinal);
        Assert.Contains("<td>Harbour View Hotel</td>", gallery, StringComparison.Ordinal);
        Assert.Matches("data-filled-from=\"definition:bank\"", html);
        Assert.Matches("<textarea[^>]*>\\s*A card payment: merchant, city", html);
        Assert.Matches("<input[^>]*value=\"200\"", html);
        Assert.Matches("<input[^>]*value=\"Bank transactions\"", html);
        Assert.Contains("&quot;fraud&quot;: {", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&quot;prompt&quot;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_task_is_created_and_shown()
    {
        using var response = await web.SubmitAsync(
            "/",
            "/",
            new()
            {
                ["NewTask.Prompt"] = "A plant",
                ["NewTask.Count"] = "12",
                ["NewTask.Title"] = " Garden ",
                ["NewTask.Temperature"] = "0.7",
                ["NewTask.MaxTokens"] = "",
            }
        );

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"/tasks/{FakeTasks.RunningId}", response.Headers.Location?.OriginalString);
        Assert.Equal(
            new CreateTaskRequest
            {
                Spec = new GenerationSpec
                {
                    Prompt = "A plant",
                    Count = 12,
                    Temperature = 0.7,
                },
                Title = "Garden",
            },
            web.Tasks.Created
        );
    }

    [Fact]
    public async Task A_definition_is_sent_as_it_was_typed()
    {
        const string definition = """{ "unique": [["email"]], "budget": { "calls": 50 } }""";

        using var response = await web.SubmitAsync(
            "/",
            "/",
            new()
            {
                ["NewTask.Prompt"] = "A plant",
                ["NewTask.Count"] = "12",
                ["NewTask.Definition"] = $" {definition} ",
            }
        );

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(definition, web.Tasks.Created!.Spec.Sampling);
    }

    [Theory]
    [InlineData("201", "Must be from 1 to 200.")]
    [InlineData("0", "Must be from 1 to 200.")]
    [InlineData("-1", "Must be from 1 to 200.")]
    [InlineData("ten", "“ten” is not a usable whole number.")]
    [InlineData("1.5", "“1.5” is not a usable whole number.")]
    [InlineData("99999999999", "“99999999999” is not a usable whole number.")]
    [InlineData("", "Say how many records you want.")]
    public async Task A_bad_count_is_named_and_what_was_typed_is_kept(string count, string message)
    {
        using var response = await web.SubmitAsync(
            "/",
            "/",
            new()
            {
                ["NewTask.Prompt"] = "A <plant> & \"more\"",
                ["NewTask.Count"] = count,
                ["NewTask.Title"] = "Garden",
            }
        );
        var html = WebUtility.HtmlDecode(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Matches($"id=\"count-error\"[^>]*>{message}<", html);
        Assert.Contains("A <plant> & \"more\"</textarea>", html, StringComparison.Ordinal);
        Assert.Matches($"name=\"NewTask.Count\" value=\"{count}\"", html);
        Assert.Contains("value=\"Garden\"", html, StringComparison.Ordinal);
        Assert.Contains("<details class=\"advanced\" open=\"open\">", html, StringComparison.Ordinal);
        Assert.Null(web.Tasks.Created);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        using var response = await web.SubmitAsync(
            "/",
            "/",
            new()
            {
                ["NewTask.Prompt"] = "A plant",
                ["NewTask.Count"] = "900",
                ["NewTask.MaxTokens"] = "3",
            }
        );
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Matches("id=\"count-error\"[^>]*>Must be from 1 to 200.<", html);
        Assert.Matches("id=\"max-tokens-error\"[^>]*>Must be from 16 to 4096.<", html);
    }

    [Fact]
    public async Task A_blank_prompt_is_named()
    {
        using var response = await web.SubmitAsync(
            "/",
            "/",
            new() { ["NewTask.Prompt"] = "   ", ["NewTask.Count"] = "3" }
        );
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Matches("id=\"prompt-error\"[^>]*>Describe what one record looks like.<", html);
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        using var response = await web.PostAsync(
            "/",
            new() { ["NewTask.Prompt"] = "A plant", ["NewTask.Count"] = "3" }
        );
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("That form is out of date", html, StringComparison.Ordinal);
        Assert.Null(web.Tasks.Created);
    }

    [Fact]
    public async Task While_Tasks_is_away_the_form_stays_and_nothing_of_the_inside_shows()
    {
        var form = await web.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, form.Status);
        web.Tasks.IsAway = true;

        using var page = await web.Browser.GetAsync(
            new Uri("/", UriKind.Relative),
            TestContext.Current.CancellationToken
        );
        using var response = await web.SubmitAsync(
            "/",
            "/",
            new() { ["NewTask.Prompt"] = "A rare plant", ["NewTask.Count"] = "3" }
        );
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), page.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("A rare plant</textarea>", html, StringComparison.Ordinal);
        Assert.Contains(
            "data-metric=\"totalJobs\" data-value=\"\">–<",
            WebUtility.HtmlDecode(html),
            StringComparison.Ordinal
        );
        Assert.Contains("The list cannot be read just now.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.7", html, StringComparison.Ordinal);
    }
}
