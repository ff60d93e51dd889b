using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The main job as a person does it, in a real browser against the real product.</summary>
public sealed class MainJobTests(RunningProduct product) : BrowserTest(product)
{
    private const int Count = 60;

    [Fact]
    public async Task A_person_describes_a_record_watches_the_cells_turn_and_sees_the_figures_of_a_whole_dataset()
    {
        var (page, _) = await SignInAsync("worker");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 1000}}"""); // a minute: enough for a slow browser

        await page.GetByLabel("Describe one record").FillAsync(Prompt);
        await page.GetByLabel("How many records").FillAsync($"{Count}");
        await page.GetByText("Advanced").ClickAsync();
        await page.GetByLabel("Concurrency").FillAsync("1");
        await Button(page, "Generate").ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(page.Locator("#grid .cell")).ToHaveCountAsync(Count);

        var seen = new SortedSet<int>();
        await Eventually.GetAsync(
            async () =>
            {
                seen.Add(await page.Locator("#grid .cell[data-state=good]").CountAsync());
                return seen;
            },
            steps => steps.Count >= 4,
            "the cells turn one after another"
        );
        Assert.InRange(seen.Max, 3, Count - 1);
        await Product.SetMockAsync("""{"inference": {"latencyMs": 20, "jitterMs": 0}}""");
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(Count);
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(Field(page, "completed")).ToHaveTextAsync(Count.ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator("#records tbody tr").First).ToContainTextAsync("@example.com");
    }

    [Fact]
    public async Task A_task_that_is_cancelled_keeps_what_is_stored_and_offers_to_make_the_rest()
    {
        var (page, api) = await SignInAsync("canceller");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 1000}}""");
        var id = await api.CreateAsync(Prompt, 150, 2, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await api.UntilAsync(id, task => task.GetProperty("completed").GetInt32() >= 4, Cancelled);

        await Button(page, "Cancel").ClickAsync();
        await Button(page, "Keep it running").ClickAsync();
        await Expect(Field(page, "status")).ToHaveTextAsync("running");
        await Button(page, "Cancel").ClickAsync();
        await Button(page, "Cancel the task").ClickAsync();

        await Expect(Field(page, "status")).ToHaveTextAsync("cancelled");
        await LinkAsync(page, "ended");
        var ended = await api.EndAsync(id, Cancelled);
        var good = ended.GetProperty("completed").GetInt32();
        Assert.InRange(good, 4, 149);
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(good);
        await Expect(page.Locator("#grid .cell:not([data-state=good])[data-state=waiting]"))
            .ToHaveCountAsync(150 - good);
        await Expect(Field(page, "completed")).ToHaveTextAsync($"{good}");
        await Expect(Button(page, $"Resume ({150 - good} left)")).ToBeVisibleAsync();
        await Expect(Button(page, "Cancel")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Failed_records_are_told_by_reason_and_are_good_after_a_retry()
    {
        const int Asked = 24;
        var (page, api) = await SignInAsync("retrier");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 1000}}""");
        var id = await api.CreateAsync(Prompt, Asked, 1, Cancelled);
        await api.UntilAsync(id, task => task.GetProperty("completed").GetInt32() >= 4, Cancelled);
        await Product.SetMockAsync(
            """{"inference": {"malformedRate": 1, "malformedKind": "empty", "latencyMs": 20}}"""
        );
        await page.GotoAsync($"/tasks/{id}#progress");
        var failures = (await api.EndAsync(id, Cancelled)).GetProperty("failures").GetInt32();
        Assert.InRange(failures, 1, Asked - 4);

        await Expect(page.Locator("#grid .cell[data-state=failed]")).ToHaveCountAsync(failures);
        await OpenTabAsync(page, "errors");
        await Expect(page.Locator("#failure-list .failure-count").First).ToHaveTextAsync($"{failures}×");
        await Expect(page.Locator("#failure-list .failure-count").First).ToBeVisibleAsync();
        await Product.SetMockAsync();
        await Button(page, $"Retry {failures} failed").ClickAsync();

        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(Asked);
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(Field(page, "failures")).ToHaveTextAsync("0");
        await Expect(page.Locator("#failures")).ToBeHiddenAsync();
        await Expect(page.GetByText("No record has failed.")).ToBeVisibleAsync();
        await Expect(page.Locator("#retry-form")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_record_opens_in_full_is_copied_and_closed_with_the_keyboard()
    {
        var (page, api) = await SignInAsync("reader", new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var id = await api.CreateAsync(Prompt, 5, Cancelled);
        await api.EndAsync(id, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await LinkAsync(page, "ended");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "Open record 3", Exact = true });

        await opener.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 3");
        await Expect(page.Locator("#record-facts")).ToContainTextAsync("good");
        var items = (await api.GetAsync($"/api/tasks/{id}/records", Cancelled)).GetProperty("items");
        Assert.True(
            JsonElement.DeepEquals(
                items[3].GetProperty("data"),
                JsonElement.Parse((await page.Locator("#record-json").TextContentAsync())!)
            )
        );
        await page.Locator("#record-whole .copy").ClickAsync();
        await Expect(page.Locator("#record-whole .copy")).ToHaveTextAsync("Copied");
        Assert.True(
            JsonElement.DeepEquals(
                items[3].GetProperty("data"),
                JsonElement.Parse(await page.EvaluateAsync<string>("navigator.clipboard.readText()"))
            )
        );

        await Button(page, "Next").ClickAsync();
        await Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 4");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#record-dialog")).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Deleting_asks_first_and_leads_to_the_dashboard_that_says_so()
    {
        var (page, api) = await SignInAsync("deleter");
        var id = await api.CreateAsync(Prompt, 3, Cancelled);
        await api.EndAsync(id, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await LinkAsync(page, "ended");

        await Button(page, "Delete").ClickAsync();
        await Expect(page.Locator("#confirm-text")).ToContainTextAsync("Its 3 good records");
        await Button(page, "Keep it").ClickAsync();
        await Expect(page.Locator("#confirm-dialog")).ToBeHiddenAsync();
        Assert.Equal(
            "succeeded",
            (await api.GetAsync($"/api/tasks/{id}", Cancelled)).GetProperty("status").GetString()
        );
        await page.GotoAsync($"/?deleted={id}");
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(1);
        await Expect(page.Locator("#deleted")).ToHaveCountAsync(0);

        await page.GotoAsync($"/tasks/{id}");
        await Button(page, "Delete").ClickAsync();
        await Button(page, "Delete it").ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status).And(page.Locator("#deleted")))
            .ToHaveTextAsync("The dataset is deleted.");
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(0);
        Assert.Equal(404, (await page.GotoAsync($"/tasks/{id}"))!.Status);
    }

    [Fact]
    public async Task A_duplicate_begins_with_the_form_as_it_was_sent_and_leaves_the_original_alone()
    {
        var (page, api) = await SignInAsync("copier");
        var id = await api.CreateAsync(Prompt, 4, 3, Cancelled);
        await api.EndAsync(id, Cancelled);
        await page.GotoAsync($"/tasks/{id}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Duplicate with changes" }).ClickAsync();
        await Expect(page.GetByLabel("Describe one record")).ToHaveValueAsync(Prompt);
        await Expect(page.GetByLabel("How many records")).ToHaveValueAsync("4");
        await Expect(page.GetByLabel("Concurrency")).ToHaveValueAsync("3");
        await page.GetByLabel("How many records").FillAsync("6");
        await Button(page, "Generate").ClickAsync();

        await page.WaitForURLAsync("**/tasks/*");
        Assert.DoesNotContain(id, page.Url, StringComparison.Ordinal);
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(6);
        Assert.Equal(4, (await api.GetAsync($"/api/tasks/{id}", Cancelled)).GetProperty("count").GetInt32());
    }
}
