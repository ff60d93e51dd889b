using System.Text.Json;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>Text that others wrote is shown as text. That nothing of it ran, <see cref="BrowserTest"/> sees
/// to.</summary>
public sealed class HostileTextTests(RunningProduct product) : BrowserTest(product)
{
    [Fact]
    public async Task A_hostile_prompt_and_hostile_records_are_shown_as_text_on_every_page()
    {
        var (page, api) = await SignInAsync("stranger");
        await page.GetByLabel("Describe one record").FillAsync(HostileText.Prompt);
        await page.GetByLabel("How many records").FillAsync("12");
        await page.GetByText("Advanced").ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync(HostileText.Image + HostileText.Backwards);
        await Button(page, "Generate").ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        var address = page.Url;
        var id = new Uri(address).Segments[^1];
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(page.Locator("#records tbody tr")).ToHaveCountAsync(12);

        foreach (var tab in new[] { "data", "errors", "request", "progress" })
        {
            await OpenTabAsync(page, tab);
            await AssertTextAsync(page, $"task at work, {tab}");
        }

        await Expect(page.Locator("#data-table tbody tr[data-index]")).ToHaveCountAsync(12);
        await Expect(page.Locator("#data-table tbody")).ToContainTextAsync(HostileText.Script);
        await Expect(page.Locator("#data-table .profiles")).ToContainTextAsync(HostileText.Script);
        await Expect(page.Locator("#data-table thead")).ToContainTextAsync("<b onclick=");
        await Expect(page.Locator("h1")).ToContainTextAsync(HostileText.Image);
        await Expect(page.Locator("#records")).ToContainTextAsync(HostileText.Script);
        await Expect(page.Locator("#records thead")).ToContainTextAsync("<b onclick=");
        await Expect(page.Locator("blockquote.prompt")).ToContainTextAsync(HostileText.Script);
        await page.Locator("#records tbody .open-record").First.ClickAsync();
        await Expect(page.Locator("#record-json")).ToContainTextAsync(HostileText.Script);
        await AssertTextAsync(page, "record");
        var shown = JsonElement.Parse((await page.Locator("#record-json").TextContentAsync())!);
        foreach (var (name, value) in HostileText.Values)
        {
            Assert.Equal(value, shown.GetProperty(name).GetString());
        }

        foreach (
            var path in new[]
            {
                $"/tasks/{id}",
                $"/tasks/{id}?q={Uri.EscapeDataString(HostileText.Image)}&filter={Uri.EscapeDataString(HostileText.Script)}&sort={Uri.EscapeDataString(HostileText.Image)}#data",
                $"/tasks/{id}?ask=delete",
                "/",
                $"/?from={id}",
                $"/?delete={id}",
                $"/?q={Uri.EscapeDataString(HostileText.Image)}&status={Uri.EscapeDataString(HostileText.Script)}",
            }
        )
        {
            await page.GotoAsync(path);
            await AssertTextAsync(page, path);
        }

        await page.Clock.InstallAsync();
        await page.GotoAsync($"/?from={id}");
        await Expect(page.GetByLabel("Describe one record")).ToHaveValueAsync(HostileText.Prompt);
        await page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(10));
        await page.Locator("#task-list [data-menu] > summary").ClickAsync();
        await page.GetByText("Delete…").ClickAsync();
        await Expect(page.Locator("#toast-text")).ToContainTextAsync("<img src=x");
        await AssertTextAsync(page, "toast");
        await Button(page, "Undo").ClickAsync();
        Assert.Equal(12, (await api.GetAsync($"/api/tasks/{id}", Cancelled)).GetProperty("completed").GetInt32());
    }

    [Theory]
    [InlineData("/tasks/<script>alert(1)<%2Fscript>")]
    [InlineData("/?from=\"><script>alert(1)</script>&example=<img src=x onerror=alert(1)>&deleted=<b>")]
    [InlineData("/login?returnUrl=javascript:alert(1)")]
    public async Task A_hostile_address_is_shown_as_text_or_not_at_all(string path)
    {
        var (page, _) = await SignInAsync("misled");

        await page.GotoAsync(path);

        await AssertTextAsync(page, path);
        Assert.Equal(Product.Origin.Authority, new Uri(page.Url).Authority);
    }

    /// <summary>No element is made of what others wrote, and nothing turns the direction of the line it stands
    /// in.</summary>
    private static async Task AssertTextAsync(IPage page, string where)
    {
        var made = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('body script, body style, body img, body iframe, [onclick], [onerror], a[href^="javascript:" i]')].map(element => element.outerHTML)
            """
        );
        Assert.True(made.Length == 0, $"{where}: {string.Join('\n', made)}");
        var visible = await page.EvaluateAsync<string>("document.title + document.body.innerText");
        Assert.False(visible.AsSpan().ContainsAny("\u202E\u2066"), $"{where} turns the direction of its text.");
    }
}
