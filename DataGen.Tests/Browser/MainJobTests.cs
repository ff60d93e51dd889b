using System.Globalization;
using System.Text.Json;
using DataGen.Tests.Embedded;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The main job as a person does it, in a real browser against the real product.</summary>
public sealed class MainJobTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const int Count = 60;

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_describes_a_record_watches_the_cells_turn_and_downloads_the_dataset_that_nobody_else_sees()
    {
        Assert.SkipUnless(File.Exists(Chromium), "chromium is not installed");
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, Cancelled, ("MOCK_INFERENCE_LATENCY_MS", "1500"), ("DATAGEN_MAX_CONCURRENCY", "8"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });

        var page = await SignInAsync(browser, host.Origin, "admin", host.NewPassword());
        using (var created = JsonDocument.Parse(await (await page.APIRequest.PostAsync(
            $"{host.Origin}api/users", new() { DataObject = new { username = "eve", password = "a-password-of-eve", role = "user" } })).TextAsync()))
        {
            Assert.Equal("eve", created.RootElement.GetProperty("username").GetString());
        }

        await page.GetByLabel("One record").FillAsync("A customer of an online book shop: full name, e-mail at example.com, age 18-90, <b>favourite</b> genre");
        await page.GetByLabel("How many records").FillAsync($"{Count}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Assertions.Expect(page.Locator("#grid .cell")).ToHaveCountAsync(Count);

        var seen = new SortedSet<int>();
        await Eventually.GetAsync(
            async () =>
            {
                var good = await page.Locator("#grid .cell[data-state=good]").CountAsync();
                seen.Add(good);
                return good;
            },
            good => good == Count,
            "all cells good",
            seconds: 60);
        Assert.True(seen.Count >= 4, $"The cells turned in too few steps: {string.Join(", ", seen)}");
        await Assertions.Expect(page.Locator("[data-field=status]")).ToHaveTextAsync("succeeded");
        await Assertions.Expect(page.Locator("[data-field=completed]")).ToHaveTextAsync(Count.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("#records tbody tr").First).ToContainTextAsync("@example.com");

        await page.Locator("#downloads > summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "JSON", Exact = true }).ClickAsync());
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync(), Cancelled));
        Assert.Equal(Count, file.RootElement.GetArrayLength());

        var stranger = await SignInAsync(browser, host.Origin, "eve", "a-password-of-eve");
        await Assertions.Expect(stranger.Locator("#task-list > li")).ToHaveCountAsync(0);
        Assert.Equal(404, (await stranger.GotoAsync(page.Url))!.Status);
        Assert.Equal(404, (await stranger.APIRequest.GetAsync($"{host.Origin}api{new Uri(page.Url).AbsolutePath}")).Status);
    }

    private static async Task<IPage> SignInAsync(IBrowser browser, Uri origin, string username, string password)
    {
        var page = await (await browser.NewContextAsync()).NewPageAsync();
        await page.GotoAsync(origin.ToString());
        await page.GetByLabel("Username").FillAsync(username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(origin.ToString());
        return page;
    }
}
