using System.Text.RegularExpressions;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The script of the task page in a real browser, fed with answers of the REST API as the Gateway gives
/// them.</summary>
public sealed partial class TaskPageBrowserTests(WebUnderTest web, Chromium chromium) : PageScriptTest(web, chromium)
{
    [Fact]
    public async Task A_large_task_is_shown_by_the_counts_of_its_cells_in_nodes_that_do_not_grow_with_it()
    {
        var cells = Enumerable.Range(0, 1000).ToList();
        var api = new FakeTaskApi(FakeTasks.LargeId, count: 1_000_000)
        {
            Completed = 251_000,
            Failures = 500,
            InFlightCount = 4000,
            Cells = (
                1000,
                [
                    .. cells.Select(cell =>
                        cell < 250 ? 1000
                        : cell is 250 ? 500
                        : 0
                    ),
                ],
                [.. cells.Select(cell => cell is 250 ? 500 : 0)]
            ),
        };
        var page = await OpenAsync(api);
        await Assertions.Expect(page.Locator("#grid .cell")).ToHaveCountAsync(1000);

        await Assertions.Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(250);
        await Assertions
            .Expect(page.Locator("#grid .cell").Nth(250))
            .ToHaveAttributeAsync("aria-label", "Records 250,000 to 250,999: 500 good, 500 failed");
        await Assertions
            .Expect(page.Locator("#grid .cell").Nth(251))
            .ToHaveAttributeAsync("aria-label", LabelOfOneInFlight());
        await Assertions.Expect(page.Locator("[data-field=waiting]")).ToHaveTextAsync("745,000");
        await Assertions.Expect(page.Locator("[data-field=inFlight]")).ToHaveTextAsync("4,000");
        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 1000, 2500);
    }

    [Fact]
    public async Task Records_that_the_count_does_not_include_yet_are_shown_together_with_the_count_that_does()
    {
        var api = new FakeTaskApi(FakeTasks.HostileId, count: 10) { Completed = 6, Ahead = 2 };
        var page = await OpenAsync(api);
        var newer = page.Locator("#records tr[data-index='7']");
        await Eventually.TrueAsync(() => api.Asked.Records > 0, "the newest records are asked for");
        var events = api.Asked.Events;
        await Eventually.TrueAsync(() => api.Asked.Events > events + 1, "two more snapshots are asked for");
        await Assertions.Expect(newer).ToHaveCountAsync(0);

        (api.Completed, api.Ahead) = (8, 0);

        await Assertions.Expect(newer).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-field=completed]")).ToHaveTextAsync("8");
        await Assertions.Expect(page.Locator("#grid .cell").Nth(7)).ToHaveAttributeAsync("data-state", "good");
    }

    [Fact]
    public async Task Failures_come_by_message_and_open_a_record_that_says_why_with_hostile_text_as_text()
    {
        var page = await OpenAsync(
            new FakeTaskApi(FakeTasks.HostileId, count: 10)
            {
                Status = "succeeded",
                Completed = 10,
                Failures = 1,
            }
        );
        // A list, since the page comes with other failures than the script shows; of a single one the first look
        // decides.
        await Assertions
            .Expect(page.Locator(".failure-message"))
            .ToHaveTextAsync(["<script>document.title = 'run'</script> \\u202ethgir"]);

        await page.Locator(".tabs a[data-tab=errors]").ClickAsync();
        await page.Locator(".failure-example").ClickAsync();
        await Assertions.Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 3");
        await Assertions
            .Expect(page.Locator("#record-why"))
            .ToHaveTextAsync("<script>document.title = 'run'</script> \\u202ethgir");
        await Assertions.Expect(page.Locator("#record-answered")).ToBeVisibleAsync();
        await Assertions
            .Expect(page.Locator("#record-json"))
            .ToHaveTextAsync("<img src=x onerror=\"document.title = 'run'\"> {");
        await Assertions.Expect(page.Locator("#record-next")).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 4");
        await Assertions.Expect(page.Locator("#record-answered")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#record-json")).ToContainTextAsync("\"id\": 12345678901234567890");
        await Assertions
            .Expect(page.Locator("#record-json"))
            .ToContainTextAsync("<img src=x onerror=\\\"document.title = 'run'\\\">");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#record-dialog")).ToBeHiddenAsync();
        Assert.NotEqual("run", await page.TitleAsync());
    }

    [Fact]
    public async Task A_retry_brings_every_open_tab_back_to_life()
    {
        var api = new FakeTaskApi(FakeTasks.HostileId, count: 10)
        {
            Status = "succeeded",
            Completed = 10,
            Failures = 1,
        };
        var page = await OpenAsync(api);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        foreach (var tab in new[] { page, other })
        {
            await Assertions.Expect(tab.Locator("#task")).ToHaveAttributeAsync("data-link", "ended");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry 1 failed" }).ClickAsync();

        foreach (var tab in new[] { page, other })
        {
            await Assertions.Expect(tab.Locator("[data-field=status]")).ToHaveTextAsync("running");
            await Assertions.Expect(tab.Locator("[data-field=completed]")).ToHaveTextAsync("9");
        }

        await Assertions.Expect(page.Locator("#cancel-form")).ToBeVisibleAsync();
        Assert.Equal(["POST retry"], api.Acts);
    }

    [Fact]
    public async Task Deleting_asks_first_and_then_leads_to_the_dashboard()
    {
        var api = new FakeTaskApi(FakeTasks.HostileId, count: 10)
        {
            Status = "succeeded",
            Completed = 10,
            Failures = 1,
        };
        var page = await OpenAsync(api);
        await Assertions.Expect(page.Locator("#task")).ToHaveAttributeAsync("data-link", "ended");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#confirm-text")).ToContainTextAsync("Its 9 good records");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        Assert.Empty(api.Acts);

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await page.WaitForURLAsync($"**/?deleted={FakeTasks.HostileId}");
        Assert.Equal(["DELETE "], api.Acts);
    }

    [Fact]
    public async Task The_chart_of_an_ended_task_is_drawn_from_its_history_and_read_with_the_arrow_keys()
    {
        var page = await OpenAsync(
            new FakeTaskApi(FakeTasks.HostileId, count: 10)
            {
                Status = "succeeded",
                Completed = 10,
                Failures = 1,
            }
        );
        var scrub = page.GetByLabel("Moment in the chart");
        await Assertions.Expect(page.Locator("path.chart-rate")).ToHaveAttributeAsync("d", StartsWithMove());
        await Assertions.Expect(page.Locator("#chart-table tbody tr")).ToHaveCountAsync(4);

        await scrub.FocusAsync();
        await page.Keyboard.PressAsync("Home");

        await Assertions.Expect(scrub).ToHaveAttributeAsync("aria-valuetext", FirstStretch());
        await Assertions.Expect(page.Locator(".tip")).ToContainTextAsync("median 0.4 s");
    }

    [Fact]
    public async Task Why_records_are_tried_again_is_told_while_they_are_and_what_failed_beside_what_is_done()
    {
        var page = await OpenAsync(
            new FakeTaskApi(FakeTasks.RunningId, count: 1500)
            {
                Status = "running",
                Completed = 40,
                Failures = 3,
                InFlightCount = 20,
                Retrying = 12,
            }
        );

        await Assertions
            .Expect(page.Locator("[data-field=again]"))
            .ToHaveTextAsync("12 in flight are tried again: <script>document.title = 'run'</script> \\u202ethgir");
        await Assertions.Expect(page.Locator(".progress-done")).ToHaveTextAsync("40 of 1,500 records done · 3 failed");
        await Assertions.Expect(page.Locator(".bar-flying")).ToHaveAttributeAsync("width", "20");
        await Assertions.Expect(page.Locator(".bar-again")).ToHaveAttributeAsync("width", "12");
        await page.Locator(".tabs a[data-tab=errors]").ClickAsync();
        await Assertions.Expect(page.Locator("#retrying-list li")).ToContainTextAsync("12×");
    }

    [Fact]
    public async Task On_a_narrow_phone_the_page_does_not_scroll_sideways()
    {
        var page = await OpenAsync(
            new FakeTaskApi(FakeTasks.HostileId, count: 10)
            {
                Status = "succeeded",
                Completed = 10,
                Failures = 1,
            }
        );
        await page.SetViewportSizeAsync(360, 740);
        await Assertions.Expect(page.Locator("path.chart-rate")).ToHaveCountAsync(1);

        foreach (var tab in new[] { "progress", "data", "errors", "request" })
        {
            await page.Locator($".tabs a[data-tab={tab}]").ClickAsync();
            await Assertions.Expect(page.Locator($".part[data-part={tab}]")).ToBeVisibleAsync();
            Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    private Task<IPage> OpenAsync(FakeTaskApi api) => OpenAsync($"/tasks/{api.Id}#progress", api.AnswerAsync);

    [GeneratedRegex("^Records 251,000 to 251,999: 1 in flight")]
    private static partial Regex LabelOfOneInFlight();

    [GeneratedRegex("^M[0-9.]+ ")]
    private static partial Regex StartsWithMove();

    [GeneratedRegex("2\\.00/s records, median 0\\.4 s, 95 % within 0\\.8 s$")]
    private static partial Regex FirstStretch();
}
