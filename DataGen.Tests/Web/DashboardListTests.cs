using System.Net;
using DataGen.Contracts;

namespace DataGen.Tests.Web;

/// <summary>The filter of the list, and what can be done to its rows, as a browser without script uses them.</summary>
public sealed class DashboardListTests : IAsyncLifetime
{
    private readonly WebUnderTest web = new();

    public async ValueTask InitializeAsync()
    {
        await web.InitializeAsync();
        web.SignIn();
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    [Fact]
    public async Task The_address_says_which_tasks_are_listed_and_the_page_keeps_saying_it()
    {
        var (_, html) = await web.GetAsync("/?status=queued,running&q=Book%20%26%20shop&cursor=c");

        Assert.Equal(
            new ListTasksRequest
            {
                Limit = 20,
                Cursor = "c",
                Statuses = { GenerationTaskStatus.Queued, GenerationTaskStatus.Running },
                Text = "Book & shop",
            },
            web.Tasks.Listed
        );
        Assert.Contains("data-status=\"queued,running\" aria-current=\"true\">Active<", html, StringComparison.Ordinal);
        Assert.Contains(
            "<input type=\"hidden\" name=\"status\" value=\"queued,running\">",
            html,
            StringComparison.Ordinal
        );
        Assert.Matches("name=\"q\"[^>]* value=\"Book &amp; shop\"", html);
        Assert.Contains(
            "href=\"/?status=failures&amp;q=Book%20%26%20shop\" data-status=\"failures\"",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "id=\"newest\" href=\"/?status=queued,running&amp;q=Book%20%26%20shop\"",
            html,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("status=succeeded", FakeTasks.HostileId, FakeTasks.RunningId, "1 found")]
    [InlineData("q=BOOK", FakeTasks.RunningId, FakeTasks.HostileId, "1 found")]
    public async Task Only_what_the_filter_lets_through_is_listed_and_counted(
        string query,
        string listed,
        string left,
        string total
    )
    {
        var (_, html) = await web.GetAsync("/?" + query);

        Assert.Contains($"data-id=\"{listed}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"data-id=\"{left}\"", html, StringComparison.Ordinal);
        Assert.Contains($"id=\"list-total\">{total}<", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status=nonsense,unspecified,,7", "")]
    [InlineData("status=FAILED,%20cancelled,failed", "Failed,Cancelled")]
    public async Task A_status_that_there_is_not_is_passed_over(string query, string asked)
    {
        await web.GetAsync("/?" + query);

        Assert.Equal(asked, string.Join(',', web.Tasks.Listed!.Statuses));
    }

    [Theory]
    [InlineData("status=failures&sort=-failures", true, "-failures")]
    [InlineData("sort=title", false, "title")]
    [InlineData("sort=owner", false, "")]
    public async Task What_failed_in_part_is_found_and_an_order_that_there_is_not_is_passed_over(
        string query,
        bool failures,
        string sort
    )
    {
        var (_, html) = await web.GetAsync("/?" + query);

        Assert.Equal(
            new ListTasksRequest
            {
                Limit = 20,
                Failures = failures,
                Sort = sort,
            },
            web.Tasks.Listed
        );
        Assert.Matches($"<option value=\"{sort}\" selected", html);
    }

    [Theory]
    [InlineData("datagen-theme=dark; datagen-shortcuts=off", "data-theme=\"dark\" data-shortcuts=\"off\"")]
    [InlineData("datagen-theme=\">x", "<html lang=\"en\" data-theme=\"\" data-shortcuts=\"\">")]
    public async Task What_the_browser_keeps_is_drawn_from_the_first_byte(string cookies, string expected)
    {
        web.Browser.DefaultRequestHeaders.Add("Cookie", cookies);

        var (_, html) = await web.GetAsync("/");

        Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_to_be_looked_for_is_cut()
    {
        await web.GetAsync("/?q=" + new string('x', 5000));

        Assert.Equal(new string('x', 200), web.Tasks.Listed!.Text);
    }

    [Fact]
    public async Task When_nothing_fits_the_filter_the_page_says_so_and_how_to_see_all()
    {
        var (_, html) = await web.GetAsync("/?q=nothing-has-this");

        Assert.Matches("<div class=\"empty\" id=\"no-match\">", html);
        Assert.Matches("id=\"empty\" hidden=\"hidden\"", html);
        Assert.Contains("<a href=\"/\" data-clear-filter>Show all datasets</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_search_is_shown_as_text()
    {
        var (_, html) = await web.GetAsync(
            "/?status=%22%3E%3Cscript%3E&q=" + Uri.EscapeDataString(FakeTasks.HostileText)
        );

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_offers_what_its_task_allows()
    {
        var (_, html) = await web.GetAsync("/");

        Assert.Matches(
            $"<button data-act=\"cancel\" form=\"row-acts\" name=\"cancel\" value=\"{FakeTasks.RunningId}\">",
            html
        );
        Assert.Matches(
            $"<button data-act=\"retry\" form=\"row-acts\" name=\"retry\" value=\"{FakeTasks.RunningId}\" hidden=\"hidden\">",
            html
        );
        Assert.Matches(
            $"<button data-act=\"cancel\" form=\"row-acts\" name=\"cancel\" value=\"{FakeTasks.HostileId}\" hidden=\"hidden\">",
            html
        );
        Assert.Matches(
            $"<button data-act=\"retry\" form=\"row-acts\" name=\"retry\" value=\"{FakeTasks.HostileId}\">Retry 3 failed<",
            html
        );
        Assert.Contains($"href=\"/?from={FakeTasks.RunningId}\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    [InlineData("delete")]
    public async Task What_a_row_sends_is_done_once_and_leads_back_to_the_same_list(string act)
    {
        using var response = await web.SubmitAsync(
            "/?q=shop",
            "/?handler=Row&status=running&q=shop&cursor=a%20b",
            new() { [act] = FakeTasks.RunningId }
        );

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/?status=running&q=shop&cursor=a%20b", response.Headers.Location?.OriginalString);
        Assert.Equal(
            [
                act == "cancel" ? FakeTasks.RunningId : null,
                act == "retry" ? FakeTasks.RunningId : null,
                act == "delete" ? FakeTasks.RunningId : null,
            ],
            new[] { web.Tasks.Cancelled, web.Tasks.Retried, web.Tasks.Deleted }
        );
    }

    [Fact]
    public async Task The_form_of_the_rows_leads_back_to_the_list_it_is_on()
    {
        var (_, html) = await web.GetAsync("/?status=running&q=shop&cursor=a%20b");

        Assert.Contains(
            "<form id=\"row-acts\" method=\"post\" action=\"/?handler=Row&amp;status=running&amp;q=shop&amp;cursor=a%20b\"",
            html,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    [InlineData("delete")]
    public async Task Nothing_is_done_without_the_antiforgery_token(string act)
    {
        using var response = await web.PostAsync("/?handler=Row", new() { [act] = FakeTasks.RunningId });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([null, null, null], new[] { web.Tasks.Cancelled, web.Tasks.Retried, web.Tasks.Deleted });
    }

    [Fact]
    public async Task Deleting_asks_first()
    {
        var (_, html) = await web.GetAsync($"/?delete={FakeTasks.RunningId}");

        Assert.Matches(
            "Delete “Book shop” for good\\?</strong> Its records and files are removed, and it stops at once\\.",
            WebUtility.HtmlDecode(html)
        );
        Assert.Contains(
            $"<button class=\"danger\" form=\"row-acts\" name=\"delete\" value=\"{FakeTasks.RunningId}\">Delete it</button>",
            html,
            StringComparison.Ordinal
        );
        Assert.Null(web.Tasks.Deleted);
    }

    [Fact]
    public async Task To_delete_what_is_gone_already_is_no_error()
    {
        using var response = await web.SubmitAsync(
            "/",
            "/?handler=Row",
            new() { ["delete"] = "0199a000-0000-7000-8000-00000000dead" }
        );
        var (status, html) = await web.GetAsync("/?delete=0199a000-0000-7000-8000-00000000dead");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("for good?", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_retry_what_is_gone_says_so()
    {
        using var response = await web.SubmitAsync(
            "/",
            "/?handler=Row",
            new() { ["retry"] = "0199a000-0000-7000-8000-00000000dead" }
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Making_a_task_again_with_changes_begins_with_a_filled_form()
    {
        var (_, html) = await web.GetAsync($"/?from={FakeTasks.RunningId}");
        html = WebUtility.HtmlDecode(html);

        Assert.Matches("<textarea[^>]*>\\s*A customer of an online book shop</textarea>", html);
        Assert.Matches("name=\"NewTask.Count\" value=\"1500\"", html);
        Assert.Matches("name=\"NewTask.Title\" value=\"Book shop\"", html);
        Assert.Matches("name=\"NewTask.Temperature\" value=\"0.7\"", html);
        Assert.Matches("name=\"NewTask.Concurrency\" value=\"8\"", html);
        Assert.Matches("name=\"NewTask.MaxTokens\" value=\"\"", html);
        Assert.Contains("<details class=\"advanced\" open=\"open\">", html, StringComparison.Ordinal);
        Assert.Contains($"data-filled-from=\"task:{FakeTasks.RunningId}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_has_the_definition_of_its_original()
    {
        var (_, html) = await web.GetAsync($"/?from={FakeTasks.StoppedId}");

        Assert.Matches(
            "<textarea[^>]*data-name=\"definition\"[^>]*>\\s*\\{\\s*\"unique\": \\[",
            WebUtility.HtmlDecode(html)
        );
        Assert.Contains("<details class=\"advanced\" open=\"open\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_copy_what_is_gone_leaves_the_form_empty_and_says_why()
    {
        var (status, html) = await web.GetAsync("/?from=0199a000-0000-7000-8000-00000000dead");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("The dataset that was to be copied is gone.", html, StringComparison.Ordinal);
        Assert.Contains(" data-filled-from=\"\"", html, StringComparison.Ordinal);
        Assert.Matches("<textarea[^>]*>\\s*</textarea>", html);
    }
}
