using System.Globalization;
using System.Text.Json;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The Data tab: browsing, filters, what is in a column, the file of a view, SQL.</summary>
public sealed class DataTabTests(RunningProduct product) : BrowserTest(product)
{
    private const int Count = 240;

    [Fact]
    public async Task What_is_sorted_filtered_searched_and_turned_to_is_in_the_address_and_comes_back()
    {
        var (page, api, id) = await MakeAsync("browser");
        await page.GotoAsync($"/tasks/{id}");
        await Expect(page.Locator(".tabs [aria-current]")).ToHaveTextAsync($"Data {Count}");
        await Expect(Rows(page)).ToHaveCountAsync(100);
        await Expect(page.Locator("#data-count")).ToHaveTextAsync($"{Count} records");

        await Button(page, "Next page").ClickAsync();
        await Expect(Rows(page).First).ToHaveAttributeAsync("data-index", "100");
        await Button(page, "Last page").ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(Count - 200);
        await page.GetByLabel("Page", new() { Exact = true }).FillAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Rows(page).First).ToHaveAttributeAsync("data-index", "100");

        await Head(page, "age").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Head(page, "age")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Head(page, "age").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Head(page, "age")).ToHaveAttributeAsync("aria-sort", "descending");
        await AssertShownAsync(page, api, id, "sort=-age");

        await AddFilterAsync(page, "age", ">=", "40");
        await AssertShownAsync(page, api, id, "sort=-age&filter=age>=40");
        await page.GetByLabel("Search all columns").FillAsync("EXAMPLE.COM");
        await page.WaitForURLAsync("**q=EXAMPLE.COM*");
        await AssertShownAsync(page, api, id, "sort=-age&filter=age>=40&q=example.com");

        await page.ReloadAsync();
        await Expect(page.Locator(".chip")).ToContainTextAsync("age ≥ 40");
        await Expect(page.GetByLabel("Search all columns")).ToHaveValueAsync("EXAMPLE.COM");
        await Expect(Head(page, "age")).ToHaveAttributeAsync("aria-sort", "descending");
        await AssertShownAsync(page, api, id, "sort=-age&filter=age>=40&q=example.com");
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(0);
        await AssertShownAsync(page, api, id, "sort=-age");

        await page.Locator(".tabs a[data-tab=request]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Request" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#data-table")).ToBeHiddenAsync();
        await page.GoBackAsync();
        await AssertShownAsync(page, api, id, "sort=-age");
    }

    [Fact]
    public async Task A_bar_in_the_head_of_a_column_filters_and_the_file_of_the_view_has_just_its_records()
    {
        var (page, api, id) = await MakeAsync("filterer");
        await page.GotoAsync($"/tasks/{id}");
        await Expect(Profile(page, "age")).ToContainTextAsync("integer · 100%");
        var genre = Profile(page, "favourite_genre").Locator(".tops .bar-of").First;
        var value = await genre.Locator("span").InnerTextAsync();
        await genre.ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveTextAsync($"favourite_genre = {value}×");
        var fits = await AssertShownAsync(page, api, id, $"filter={Uri.EscapeDataString($"favourite_genre={value}")}");
        Assert.InRange(fits, 1, Count - 1);

        // The profile is of what is left, and its bars too.
        var bar = Profile(page, "age").Locator(".histogram .bar-of").First;
        await Expect(Profile(page, "favourite_genre")).ToContainTextAsync("1 distinct");
        var told = (await bar.GetAttributeAsync("title"))!.Split(": ")[^1];
        await bar.ClickAsync();
        await Expect(page.Locator("#data-count")).ToHaveTextAsync($"{told} of {Count} records");
        await Expect(page.Locator(".chip")).ToHaveCountAsync(3);

        await Head(page, "age").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Head(page, "age")).ToHaveAttributeAsync("aria-sort", "ascending");
        var shown = await IndexesAsync(page);
        await page.Locator("#downloads > summary").ClickAsync();
        await Expect(page.Locator("#download-scope")).ToContainTextAsync($"These {told} record");
        var lines = await DownloadAsync(page);
        var rows = new List<string>();
        foreach (var index in shown)
        {
            var found = await api.GetAsync($"/api/tasks/{id}/rows?filter=_index={index}", Cancelled);
            rows.Add(found.GetProperty("rows")[0].GetProperty("data").GetRawText());
        }

        Assert.Equal(rows.Select(Compact), lines.Select(Compact));
        await page.GetByRole(AriaRole.Radio, new() { Name = $"All {Count} good records" }).CheckAsync();
        Assert.Equal(Count, (await DownloadAsync(page)).Length);

        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove filter age" }).First.ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task While_records_are_made_the_table_grows_and_the_row_that_has_the_focus_keeps_it()
    {
        var (page, api) = await SignInAsync("watcher");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 700}}""");
        var id = await api.CreateAsync(Prompt, 60, 1, Cancelled);
        await api.UntilAsync(id, task => task.GetProperty("completed").GetInt32() >= 2, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await Expect(page.Locator("#grid .cell").First).ToBeVisibleAsync();
        await page.Locator(".tabs a[data-tab=data]").ClickAsync();
        await Expect(Rows(page).Nth(1)).ToBeVisibleAsync();
        await Expect(page.Locator("#data-count")).ToContainTextAsync("so far");

        await Rows(page).First.GetByRole(AriaRole.Button).FocusAsync();
        var before = await Rows(page).CountAsync();
        await Expect(Rows(page).Nth(before + 2)).ToBeVisibleAsync();
        await Expect(Rows(page).First.GetByRole(AriaRole.Button)).ToBeFocusedAsync();

        await Product.SetMockAsync("""{"inference": {"latencyMs": 10, "jitterMs": 0}}""");
        await Expect(Rows(page)).ToHaveCountAsync(60);
        await Expect(page.Locator("#data-count")).ToHaveTextAsync("60 records");
        await Expect(Profile(page, "full_name")).ToContainTextAsync("100%");
    }

    [Fact]
    public async Task With_the_keyboard_alone_one_filters_by_a_bar_opens_a_record_and_asks_in_SQL()
    {
        var (page, _, id) = await MakeAsync("typist");
        await page.GotoAsync($"/tasks/{id}#data");
        var bars = Profile(page, "age").Locator(".bar-of");
        await bars.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(bars.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".chip")).ToHaveCountAsync(2);

        var openers = page.Locator("#data-table .open-record");
        await openers.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(openers.Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#record-json")).ToContainTextAsync("full_name");
        await page.Keyboard.PressAsync("Escape");
        await Expect(openers.Nth(1)).ToBeFocusedAsync();

        await page.Locator("#sql > summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#sql-query")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^SELECT"));
        await page.Locator("#sql-query").FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#sql-answer tbody tr").First).ToBeVisibleAsync();
        await page.Locator("#sql-query").FillAsync("SELECT count(*) AS n FROM records");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#sql-answer tbody")).ToHaveTextAsync($"{Count}");
        await page.Locator("#sql-query").FillAsync("SELECT no_such_column FROM records");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#sql-trouble")).ToContainTextAsync("no_such_column");
    }

    [Fact]
    public async Task A_filter_that_cannot_be_is_told_in_the_words_of_the_API_and_removed_like_any_other()
    {
        var (page, _, id) = await MakeAsync("mistaken");
        await page.GotoAsync($"/tasks/{id}?filter=nothing%3D1");
        await Expect(page.Locator("#data-trouble")).ToContainTextAsync("does not begin with the name of a column");
        await Button(page, "Remove filter nothing=1").ClickAsync();
        await Expect(page.Locator("#data-trouble")).ToBeHiddenAsync();
        await Expect(Rows(page)).ToHaveCountAsync(100);
    }

    private async Task<(IPage Page, ApiClient Api, string Id)> MakeAsync(string name)
    {
        await Product.SetMockAsync("""{"inference": {"latencyMs": 5, "jitterMs": 0}}""");
        var (page, api) = await SignInAsync(name);
        var id = await api.CreateAsync(Prompt, Count, Cancelled);
        await api.EndAsync(id, Cancelled);
        return (page, api, id);
    }

    private static ILocator Rows(IPage page) => page.Locator("#data-table tbody tr[data-index]");

    private static ILocator Head(IPage page, string column) => page.Locator($"#data-table th[data-name={column}]");

    /// <summary>The cell below the head of a column.</summary>
    private static ILocator Profile(IPage page, string column)
    {
        string[] columns = ["full_name", "email", "age", "country", "favourite_genre", "loyalty_points"];
        return page.Locator("#data-table .profiles > td").Nth(1 + Array.IndexOf(columns, column));
    }

    private static async Task AddFilterAsync(IPage page, string column, string operation, string value)
    {
        await page.Locator("#filter-box > summary").ClickAsync();
        await page.Locator("#filter-column").SelectOptionAsync(column);
        await page.Locator("#filter-operator").SelectOptionAsync(operation);
        await page.Locator("#filter-value").FillAsync(value);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task<string[]> IndexesAsync(IPage page) =>
        await Rows(page).EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.index)");

    /// <summary>The page shows what the API answers.</summary>
    private static async Task<int> AssertShownAsync(IPage page, ApiClient api, string id, string query)
    {
        var answer = await api.GetAsync($"/api/tasks/{id}/rows?{query}", Cancelled);
        string[] wanted =
        [
            .. answer
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.GetProperty("index").GetInt32().ToString(CultureInfo.InvariantCulture)),
        ];
        await Eventually.GetAsync(() => IndexesAsync(page), shown => shown.SequenceEqual(wanted), query);
        var total = answer.GetProperty("total").GetInt32();
        var isNarrowed = query.Contains("filter=", StringComparison.Ordinal);
        await Expect(page.Locator("#data-count"))
            .ToHaveTextAsync(isNarrowed ? $"{total} of {Count} records" : $"{Count} records");
        return total;
    }

    private static async Task<string[]> DownloadAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#downloads a[data-format=jsonl]").ClickAsync()
        );
        return await File.ReadAllLinesAsync(await download.PathAsync(), Cancelled);
    }

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
}
