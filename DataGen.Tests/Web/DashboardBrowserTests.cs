using System.Text.RegularExpressions;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The script of the dashboard in a real browser, fed with answers of the REST API as the Gateway gives
/// them.</summary>
public sealed partial class DashboardBrowserTests(WebUnderTest web, Chromium chromium) : PageScriptTest(web, chromium)
{
    private readonly FakeListApi api = new();

    [Fact]
    public async Task Progress_arrives_by_itself_in_the_row_the_tiles_the_title_and_the_icon()
    {
        var page = await OpenAsync("/");
        var row = page.Locator($".task[data-id='{FakeTasks.RunningId}']");
        await Assertions.Expect(page).ToHaveTitleAsync(StartsWithPercent(4));

        api.Completed = 750;

        await Assertions.Expect(row.Locator("[data-field=good]")).ToHaveTextAsync("750");
        await Assertions.Expect(row.Locator("[data-field=pace]")).ToHaveTextAsync("3 min 7 s left");
        await Assertions.Expect(row.Locator("[role=progressbar]")).ToHaveAttributeAsync("aria-valuenow", "750");
        await Assertions.Expect(page.Locator("[data-metric=totalRecordsGenerated]")).ToHaveTextAsync("10,626");
        await Assertions.Expect(page).ToHaveTitleAsync(StartsWithPercent(50));
        await Assertions.Expect(page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", DataImage());
    }

    [Fact]
    public async Task While_the_server_is_away_the_page_says_so_and_claims_no_pace()
    {
        var page = await OpenAsync("/");
        var pace = page.Locator($".task[data-id='{FakeTasks.RunningId}'] [data-field=pace]");
        await Assertions.Expect(page.Locator("#link-state")).ToHaveTextAsync("live");
        await Assertions.Expect(pace).ToBeVisibleAsync();

        api.IsAway = true;
        await Assertions.Expect(page.Locator("#link-state")).ToContainTextAsync("reconnecting… as of");
        await Assertions.Expect(pace).ToBeHiddenAsync();
        await Assertions.Expect(page).ToHaveTitleAsync(Reconnecting());

        api.IsAway = false;
        await Assertions.Expect(page.Locator("#link-state")).ToHaveTextAsync("live", new() { Timeout = 15_000 });
        await Assertions.Expect(pace).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_search_changes_the_list_and_the_address_without_touching_the_form_and_back_undoes_it()
    {
        var page = await OpenAsync("/");
        await page.GetByLabel("Describe one record").FillAsync("half a thought");

        await page.GetByLabel("Find in titles and prompts").FillAsync("book");
        await Assertions.Expect(page.Locator("#list-total")).ToHaveTextAsync("1 found");
        await Assertions.Expect(page).ToHaveURLAsync(Ends("/\\?q=book"));
        await page.GetByLabel("Find in titles and prompts").FillAsync("nothing has this");
        await Assertions.Expect(page.Locator("#no-match")).ToBeVisibleAsync();
        await page.GoBackAsync();

        await Assertions.Expect(page.Locator("#list-total")).ToHaveTextAsync("2 in all");
        await Assertions.Expect(page.GetByLabel("Find in titles and prompts")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByLabel("Describe one record")).ToHaveValueAsync("half a thought");
    }

    [Fact]
    public async Task Deleting_is_undone_by_keyboard_too_and_hostile_titles_stay_text()
    {
        var page = await OpenAsync("/");
        await page.Clock.InstallAsync();
        await page.ReloadAsync();
        await page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(10));
        var row = page.Locator($".task[data-id='{FakeTasks.HostileId}']");
        await row.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await row.GetByRole(AriaRole.Link, new() { Name = "Delete…" }).PressAsync("Enter");
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#toast-text")).ToContainTextAsync(FakeTasks.HostileText[..40]);
        await page.Locator("#toast-undo").PressAsync("Enter");
        await Assertions.Expect(row.Locator("[data-field=title]")).ToBeFocusedAsync();
        Assert.Empty(api.Acts);
    }

    [Fact]
    public async Task Deleting_what_is_at_work_asks_first()
    {
        var page = await OpenAsync("/");
        var row = page.Locator($".task[data-id='{FakeTasks.RunningId}']");
        await row.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await row.GetByRole(AriaRole.Link, new() { Name = "Delete…" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator("#confirm-text")).ToContainTextAsync("still at work");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(row.Locator("summary")).ToBeFocusedAsync();
        Assert.Empty(api.Acts);

        await page.Keyboard.PressAsync("Enter");
        await row.GetByRole(AriaRole.Link, new() { Name = "Delete…" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();

        await Assertions.Expect(row).ToHaveCountAsync(0);
        Assert.Equal([$"DELETE /api/tasks/{FakeTasks.RunningId}"], api.Acts);
        await Assertions.Expect(page.Locator("#tasks-heading")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_session_that_ends_in_the_middle_of_work_is_renewed_on_the_spot_and_nothing_typed_is_lost()
    {
        var page = await OpenAsync("/");
        await page.GetByLabel("Describe one record").FillAsync("a whole page of thought");
        api.HasSession = false;

        await page.GetByRole(AriaRole.Button, new() { Name = "Generate" }).ClickAsync();
        var dialog = page.Locator("#sign-in-dialog");
        await dialog.Locator("[data-password]").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Assertions
            .Expect(dialog.GetByRole(AriaRole.Alert))
            .ToHaveTextAsync("The username or the password is wrong.");
        await dialog.Locator("[data-password]").FillAsync(FakeListApi.Password);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#session-expired")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByLabel("Describe one record")).ToHaveValueAsync("a whole page of thought");
        await Assertions.Expect(page.Locator("#link-state")).ToHaveTextAsync("live");
    }

    [Fact]
    public async Task A_mistake_stands_beside_its_field_which_gets_the_focus_whether_the_page_or_the_server_found_it()
    {
        var page = await OpenAsync("/");
        var generate = page.GetByRole(AriaRole.Button, new() { Name = "Generate" });
        await generate.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Describe one record")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#prompt-error")).ToHaveTextAsync("Describe what one record looks like.");

        await page.GetByRole(AriaRole.Link, new() { Name = "Card payments" }).ClickAsync();
        await Assertions.Expect(page.Locator("#prompt-error")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByLabel("How many records")).ToHaveValueAsync("100");
        await page.GetByLabel("How many records").FillAsync("900");
        await generate.ClickAsync();

        await Assertions.Expect(page.Locator("#count-error")).ToHaveTextAsync("A whole number from 1 to 200.");
        await Assertions.Expect(page.GetByLabel("How many records")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task On_a_narrow_phone_the_page_does_not_scroll_sideways()
    {
        var page = await OpenAsync("/");
        await page.SetViewportSizeAsync(360, 740);
        await Assertions.Expect(page.Locator(".task")).ToHaveCountAsync(2);

        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private Task<IPage> OpenAsync(string path) => OpenAsync(path, api.AnswerAsync);

    private static Regex StartsWithPercent(int percent) => new($"^{percent}% · Datasets");

    private static Regex Ends(string pattern) => new(pattern + "$");

    [GeneratedRegex("^reconnecting, \\d+% · Datasets")]
    private static partial Regex Reconnecting();

    [GeneratedRegex("^data:image/svg\\+xml,")]
    private static partial Regex DataImage();
}
