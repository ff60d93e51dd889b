using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>Keyboard, phone, and addresses that keep what one looks at.</summary>
public sealed class UsabilityTests(RunningProduct product) : BrowserTest(product)
{
    private const int MostStops = 80;
    private const int PhoneWidth = 390;

    [Fact]
    public async Task Everything_of_the_main_job_is_done_with_the_keyboard_alone_and_the_focus_is_always_seen()
    {
        var (username, password) = await Product.NewUserAsync("keyboard");
        var page = await OpenAsync();
        await page.GotoAsync("/");
        await page.Keyboard.TypeAsync(username);
        await TabToAsync(page, "#password");
        await page.Keyboard.TypeAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(Product.Origin.ToString());

        await TabToAsync(page, "#new-task textarea");
        await page.Keyboard.TypeAsync("A plant: name, latin name");
        await TabToAsync(page, ".advanced > summary");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "#NewTask_Concurrency");
        await page.Keyboard.TypeAsync("1");
        await TabToAsync(page, "#NewTask_Count");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("200");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(page.Locator("#grid .cell").First).ToHaveAttributeAsync("data-state", "good");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 60000}}"""); // it does not end before it is cancelled

        await TabToAsync(page, "#grid .cell");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#grid .cell").Nth(1)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#record-dialog")).ToBeVisibleAsync();
        await Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 0");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#grid .cell").First).ToBeFocusedAsync();

        await TabToAsync(page, "#cancel-form button", "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#confirm-dialog [value=keep]")).ToBeFocusedAsync();
        await TabToAsync(page, "#confirm-dialog [value=act]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Field(page, "status")).ToHaveTextAsync("cancelled");
        Assert.NotEqual("BODY", await page.EvaluateAsync<string>("document.activeElement.tagName"));
    }

    [Fact]
    public async Task On_a_phone_the_main_job_works_and_no_page_scrolls_sideways()
    {
        var (username, password) = await Product.NewUserAsync("phone");
        var page = await OpenAsync(
            new()
            {
                ViewportSize = new() { Width = PhoneWidth, Height = 844 },
                IsMobile = true,
                HasTouch = true,
            }
        );
        await page.GotoAsync("/");
        await AssertFitsAsync(page);
        await page.GetByLabel("Username").FillAsync(username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Button(page, "Sign in").TapAsync();
        await page.WaitForURLAsync(Product.Origin.ToString());
        await AssertFitsAsync(page);

        await page.GetByLabel("Describe one record").FillAsync($"{Prompt}, {new string('w', 300)}");
        await page.GetByLabel("How many records").FillAsync("20");
        await Button(page, "Generate").TapAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        foreach (var tab in new[] { "progress", "errors", "request", "data" })
        {
            await page.Locator($".tabs a[data-tab={tab}]").TapAsync();
            await Expect(page.Locator($".part[data-part={tab}]")).ToBeVisibleAsync();
            await AssertFitsAsync(page);
        }

        await Expect(page.Locator("#data-table tbody tr[data-index]")).ToHaveCountAsync(20);
        await page.Locator("#filter-box > summary").TapAsync();
        await AssertFitsAsync(page);
        await page.Locator("#filter-box > summary").TapAsync();
        await page.Locator("#downloads > summary").TapAsync();
        await AssertFitsAsync(page);
        var download = await page.RunAndWaitForDownloadAsync(() =>
            page.Locator("#downloads a[data-format=jsonl]").TapAsync()
        );
        Assert.Equal(20, (await File.ReadAllLinesAsync(await download.PathAsync(), Cancelled)).Length);
        await page.Locator("#data-table .open-record").First.TapAsync();
        await Expect(page.Locator("#record-json")).ToBeVisibleAsync();
        await AssertFitsAsync(page);

        foreach (var path in new[] { "/", "/account", "/nowhere", page.Url + "?ask=delete" })
        {
            await page.GotoAsync(path);
            await AssertFitsAsync(page);
        }

        await page.GotoAsync("/");
        await page.Locator("#task-list [data-menu] > summary").TapAsync();
        await AssertFitsAsync(page);
    }

    [Fact]
    public async Task The_address_holds_what_the_list_is_filtered_by_through_reload_and_back()
    {
        var (page, api) = await SignInAsync("finder");
        var lighthouse = await api.CreateAsync("A lighthouse: name, height", 2, Cancelled);
        var harbour = await api.CreateAsync("A harbour: name, depth", 2, Cancelled);
        await api.EndAsync(lighthouse, Cancelled);
        await api.EndAsync(harbour, Cancelled);
        await page.GotoAsync("/");
        var rows = page.Locator("#task-list > li");
        await Expect(rows).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Link, new() { Name = "Cancelled", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/?status=cancelled");
        await Expect(page.GetByText("No matches")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Succeeded", Exact = true }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByLabel("Find in titles and prompts").FillAsync("LIGHT");
        await page.WaitForURLAsync("**/?status=succeeded&q=LIGHT");
        await Expect(rows).ToHaveCountAsync(1);

        await page.ReloadAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(rows).ToHaveAttributeAsync("data-id", lighthouse);
        await Expect(page.GetByLabel("Find in titles and prompts")).ToHaveValueAsync("LIGHT");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Succeeded", Exact = true }))
            .ToHaveAttributeAsync("aria-current", "true");
        await page.GoBackAsync();
        await Expect(rows).ToHaveCountAsync(2);
        Assert.Equal("?status=succeeded", new Uri(page.Url).Query);
    }

    /// <summary>Goes on with the key until the focus is there; each stop on the way must show that it has the
    /// focus.</summary>
    private static async Task TabToAsync(IPage page, string selector, string key = "Tab")
    {
        var way = new List<string>();
        while (!await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
        {
            Assert.True(way.Count < MostStops, $"{selector} is not reached with {key}: {string.Join(", ", way)}");
            await page.Keyboard.PressAsync(key);
            var (name, isSeen) = await StopAsync(page);
            way.Add(name);
            Assert.True(isSeen, $"The focus is not seen on {name}.");
        }
    }

    private static async Task<(string Name, bool IsSeen)> StopAsync(IPage page)
    {
        var stop = await page.EvaluateAsync<string[]>(
            """
            () => {
              const element = document.activeElement;
              const { outlineStyle, boxShadow } = getComputedStyle(element);
              return [`${element.tagName}#${element.id}.${element.className}`, String(element === document.body || outlineStyle !== 'none' || boxShadow !== 'none')];
            }
            """
        );
        return (stop[0], stop[1] == "true");
    }

    private static async Task AssertFitsAsync(IPage page) =>
        Assert.True(
            await page.EvaluateAsync<int>("Math.max(innerWidth, document.documentElement.scrollWidth)") == PhoneWidth,
            $"{page.Url} scrolls sideways: {await page.EvaluateAsync<string>("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 391).slice(0, 5).map(e => e.outerHTML.slice(0, 100)).join('\\n')")}"
        );
}
