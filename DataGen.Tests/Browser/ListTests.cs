using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The list of datasets: many are picked and deleted, and come back; it is sorted; keys reach all of
/// it.</summary>
public sealed class ListTests(RunningProduct product) : BrowserTest(product)
{
    [Fact]
    public async Task What_is_deleted_comes_back_within_ten_seconds_and_is_gone_when_the_page_is_left_or_the_user_signs_out()
    {
        var (page, api) = await SignInAsync("tidy");
        var ids = await MakeAsync(api, "An acorn: name, weight", "A beech: name, height", "A cedar: name, height");
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        var rows = page.Locator("#task-list > li");
        await Expect(rows).ToHaveCountAsync(3);
        // However slow this machine is, the ten seconds are not over before the test says so.
        await page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(10));

        await rows.Nth(0).Locator("[data-pick]").CheckAsync();
        await rows.Nth(1).Locator("[data-pick]").CheckAsync();
        await Expect(page.Locator("#picked-count")).ToHaveTextAsync("2 selected");
        // Nothing runs and nothing failed, so only what fits is offered.
        await Expect(page.Locator("#picked [data-act=cancel]")).ToBeHiddenAsync();
        await Expect(page.Locator("#picked [data-act=retry]")).ToBeHiddenAsync();
        await page.Locator("#picked [data-act=delete]").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.Locator("#list-total")).ToHaveTextAsync("1 in all");
        Assert.Equal(3, (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("total").GetInt32());

        await Button(page, "Undo").ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.Locator("#toast")).ToBeHiddenAsync();

        await rows.Nth(0).Locator("[data-menu] > summary").ClickAsync();
        await rows.Nth(0).Locator("[data-act=delete]").ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await rows.Nth(0).Locator("[data-menu] > summary").ClickAsync();
        await rows.Nth(0).Locator("[data-act=delete]").ClickAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Button(page, "Sign out").ClickAsync();
        await page.WaitForURLAsync("**/login*");
        await Eventually.TrueAsync(async () =>
            (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("total").GetInt32() == 1
        );
        Assert.Equal(
            ids[0],
            (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("items")[0].GetProperty("id").GetString()
        );
    }

    [Fact]
    public async Task Ten_seconds_later_it_is_deleted()
    {
        var (page, api) = await SignInAsync("patient");
        await MakeAsync(api, "A pear: name, weight");
        await page.Clock.InstallAsync();
        await page.GotoAsync("/");
        await page.Locator("[data-menu] > summary").ClickAsync();
        await page.Locator("#task-list [data-act=delete]").ClickAsync();
        await Expect(page.Locator("#toast-text")).ToHaveTextAsync("“A pear: name, weight” deleted.");

        await page.Clock.FastForwardAsync(11_000);

        await Expect(page.Locator("#toast")).ToBeHiddenAsync();
        await Eventually.TrueAsync(async () =>
            (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("total").GetInt32() == 0
        );
    }

    [Fact]
    public async Task A_dataset_at_work_is_asked_about_before_it_is_deleted()
    {
        var (page, api) = await SignInAsync("hasty");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 1500}}""");
        await api.CreateAsync("A plum: name, weight", 2000, Cancelled);
        await page.GotoAsync("/");

        // Its title is seen beside the bar of its progress.
        await Expect(page.Locator("#task-list [data-field=good]")).Not.ToHaveTextAsync("0");
        var title = await page.Locator("#task-list .task-name").BoundingBoxAsync();
        Assert.InRange(title!.Width, 200, 1280);

        await page.Locator("[data-pick]").CheckAsync();
        await page.Locator("#picked [data-act=delete]").ClickAsync();
        await Expect(page.Locator("#confirm-text")).ToContainTextAsync("still at work and stopped at once");
        await Button(page, "Keep it").ClickAsync();
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(1);
        // Who keeps it keeps what was picked.
        await Expect(page.Locator("[data-pick]")).ToBeCheckedAsync();
        await page.Locator("#picked [data-act=cancel]").ClickAsync();
        await Button(page, "Cancel it").ClickAsync();

        await Expect(page.Locator("#task-list [data-field=status]")).ToHaveTextAsync("cancelled");
    }

    [Fact]
    public async Task The_list_is_sorted_and_the_address_keeps_it()
    {
        var (page, api) = await SignInAsync("sorter");
        await MakeAsync(api, "B: name", "C: name", "A: name");
        await page.GotoAsync("/");

        await page.GetByLabel("Sort by").SelectOptionAsync("title");

        await page.WaitForURLAsync("**/?sort=title");
        var titles = page.Locator("#task-list [data-field=title]");
        await Expect(titles).ToHaveTextAsync(["A: name", "B: name", "C: name"]);
        await page.ReloadAsync();
        await Expect(titles).ToHaveTextAsync(["A: name", "B: name", "C: name"]);
        await Expect(page.GetByLabel("Sort by")).ToHaveValueAsync("title");
        // What is no order of the page is none of its script either.
        await page.GotoAsync("/?sort=owner");
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(3);
        await page.GetByLabel("Find in titles and prompts").FillAsync("B:");
        await Expect(titles).ToHaveTextAsync(["B: name"]);
    }

    [Fact]
    public async Task Keys_go_through_the_list_and_to_the_form_and_are_switched_off_for_good()
    {
        var (page, api) = await SignInAsync("typist");
        await MakeAsync(api, "A fox: name", "A wolf: name");
        await page.GotoAsync("/");
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(2);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("#task-list > li").Nth(1).Locator("[data-pick]")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("#task-list > li").Nth(0).Locator("[data-field=title]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByLabel("Describe one record")).ToBeFocusedAsync();
        await page.Locator("#tasks-heading").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#filter-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("n/j?");
        await Expect(page.Locator("#filter-text")).ToHaveValueAsync("n/j?");

        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("Keyboard shortcuts") }).UncheckAsync();
        await page.GetByLabel("Theme").SelectOptionAsync("dark");
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByLabel("Describe one record")).Not.ToBeFocusedAsync();
        Assert.Equal(
            "dark",
            await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme")
        );
    }

    /// <summary>Datasets of one record each, the last made first in the list.</summary>
    private static async Task<string[]> MakeAsync(ApiClient api, params string[] prompts)
    {
        var ids = new List<string>();
        foreach (var prompt in prompts)
        {
            ids.Add(await api.CreateAsync(prompt, 1, Cancelled));
            await api.EndAsync(ids[^1], Cancelled);
        }

        return [.. ids];
    }
}
