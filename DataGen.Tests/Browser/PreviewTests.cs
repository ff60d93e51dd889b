using System.Text.Json;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>From a description to proposed fields, a look at a few records, the dataset, and more of it.</summary>
public sealed class PreviewTests(RunningProduct product) : BrowserTest(product)
{
    private const string Described = "A customer: full name, age 18-90, plan (free or pro)";

    [Fact]
    public async Task Fields_are_proposed_a_few_records_are_looked_at_and_an_ended_dataset_gets_more()
    {
        var (page, api) = await SignInAsync("previewer");
        await page.GetByLabel("Describe one record").FillAsync(Described);
        await page.GetByLabel("How many records").FillAsync("40");

        await Button(page, "Suggest fields").ClickAsync();
        await Expect(page.GetByLabel("Definition"))
            .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("weights"));
        var definition = JsonElement.Parse(await page.GetByLabel("Definition").InputValueAsync());
        Assert.True(definition.GetProperty("schema").GetProperty("properties").TryGetProperty("full_name", out _));

        await Button(page, "Preview 5").ClickAsync();
        var preview = page.Locator("#preview");
        await Expect(preview.Locator("h2")).ToHaveTextAsync("Preview: 5 of 5 records");
        await Expect(preview.Locator(".preview-plan")).ToContainTextAsync("free 20 · pro 20");
        await Expect(preview.Locator(".preview-cost")).ToContainTextAsync("calls");
        await Expect(preview.Locator(".preview-records .open-record")).ToHaveCountAsync(5);
        await preview.Locator(".open-record").First.ClickAsync();
        await Expect(preview.Locator("pre").First).ToBeVisibleAsync();
        var record = JsonElement.Parse((await preview.Locator(".preview-records pre").First.TextContentAsync())!);
        Assert.Contains(record.GetProperty("plan").GetString(), (string[])["free", "pro"]);
        Assert.InRange(record.GetProperty("age").GetInt32(), 18, 90);
        Assert.Equal(0, (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("items").GetArrayLength());

        // Three of four by a change in the table of fields.
        var plan = page.Locator("#fields tbody tr").Nth(2);
        await Expect(plan.GetByLabel("Name")).ToHaveValueAsync("plan");
        await plan.GetByLabel("Values").FillAsync("free: 3, pro: 1");
        await Expect(page.Locator("#field-chips")).ToContainTextAsync("plan · one of · free: 3, pro: 1 · drawn");
        await Button(page, "Generate").ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await page.GetByLabel("How many more").FillAsync("10");
        await Button(page, "Add records").ClickAsync();
        await Expect(page.Locator("#grid .cell")).ToHaveCountAsync(50);
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(50);
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        var plans = (await api.GetAsync($"/api/tasks/{page.Url.Split('/')[^1]}/records?limit=100", Cancelled))
            .GetProperty("items")
            .EnumerateArray()
            .CountBy(item => item.GetProperty("data").GetProperty("plan").GetString()!)
            .ToDictionary();
        // Of each block: 30 and 10 of 40, 8 and 2 (or 7 and 3) of 10.
        Assert.Equal(50, plans["free"] + plans["pro"]);
        Assert.InRange(plans["free"], 37, 38);
    }

    [Fact]
    public async Task A_preview_fills_row_by_row_and_a_row_that_is_opened_stays_open()
    {
        var (page, _) = await SignInAsync("watcher");
        await Product.SetMockAsync("""{"inference": {"latencyMs": 3000}}""");
        await page.GetByLabel("Describe one record").FillAsync(Described);
        await page.GetByText("Advanced").ClickAsync();
        await page.GetByLabel("Concurrency").FillAsync("1");
        await Button(page, "Preview 5").ClickAsync();
        var preview = page.Locator("#preview");
        await Expect(preview.Locator("h2")).ToHaveTextAsync("Preview: 0 of 5 records so far");
        await Expect(preview.GetByText("being made…")).ToHaveCountAsync(5);
        await Expect(preview.Locator("h2"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Preview: [1-4] of 5 records so far$"));
        await preview.Locator(".open-record").First.ClickAsync();
        await Expect(preview.Locator("pre").First).ToBeVisibleAsync();
        await Product.SetMockAsync();

        await Expect(preview.Locator("h2")).ToHaveTextAsync("Preview: 5 of 5 records");
        await Expect(preview.Locator("pre").First).ToBeVisibleAsync();
        await Expect(preview.Locator(".open-record").First).ToBeFocusedAsync();
        await Expect(preview.Locator(".preview-cost")).ToContainTextAsync("calls");
    }

    [Fact]
    public async Task A_definition_of_the_gallery_becomes_a_dataset_as_it_promises()
    {
        var (page, api) = await SignInAsync("visitor");
        await page.GetByRole(AriaRole.Link, new() { Name = "Gallery" }).ClickAsync();
        await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Link, new() { Name = "Use it: Bank transactions" }).ClickAsync(),
            "**/api/definitions/check"
        );
        await Expect(page.Locator("#fields tbody tr")).ToHaveCountAsync(7);
        await Expect(page.GetByLabel("Title", new() { Exact = true })).ToHaveValueAsync("Bank transactions");
        await Expect(page.Locator("#fields-told")).ToHaveTextAsync("At most 200 records can differ as wanted.");

        await Button(page, "Generate").ClickAsync();
        await page.WaitForURLAsync("**/tasks/*");
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Bank transactions");
        var frauds = await api.GetAsync($"/api/tasks/{page.Url.Split('/')[^1]}/rows?filter=fraud=yes", Cancelled);
        Assert.Equal(10, frauds.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_previewed_is_told_beside_its_field_and_what_was_rejected_with_its_reason()
    {
        var (page, _) = await SignInAsync("rejected");
        await Button(page, "Preview 5").ClickAsync();
        await Expect(page.Locator("#prompt-error")).Not.ToBeEmptyAsync();

        await page.GetByLabel("Describe one record").FillAsync(Described);
        await page.GetByText("Advanced").ClickAsync();
        await page.GetByLabel("Definition").FillAsync("""{"samplers":{"plan":{"type":"category","weights":{}}}}""");
        await Button(page, "Preview 5").ClickAsync();
        await Expect(page.Locator("#definition-error")).ToContainTextAsync("samplers.plan.weights");
        await Expect(page.Locator("#preview")).ToBeHiddenAsync();

        await page.GetByLabel("Definition").FillAsync("""{"rules":[["age","<",0]]}""");
        await Button(page, "Preview 5").ClickAsync();
        await Expect(page.Locator("#preview h2")).ToHaveTextAsync("Preview: 0 of 5 records");
        await Expect(page.Locator(".preview-rejection").First).ToContainTextAsync("age");
        await Expect(page.Locator("#preview .field-error").First)
            .ToHaveTextAsync("It was not made within the preview's 50 calls.");
    }
}
