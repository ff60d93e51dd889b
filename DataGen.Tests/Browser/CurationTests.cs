using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Browser;

/// <summary>Records are liked, edited, made once more, left out and given back where they are looked at.</summary>
public sealed partial class CurationTests(RunningProduct product) : BrowserTest(product)
{
    private static readonly JsonElement Definition = JsonElement.Parse(
        """
        {"prompt":"A customer: full name, age 18-90","count":12,
         "schema":{"type":"object","properties":{"full_name":{"type":"string"},"age":{"type":"integer","minimum":18,"maximum":90}},
          "required":["full_name","age"],"additionalProperties":false}}
        """
    );

    [Fact]
    public async Task A_dataset_is_curated_record_by_record_and_more_are_asked_for_like_the_liked()
    {
        var (page, api) = await SignInAsync("curator");
        var created = await api.PostAsync("/api/tasks", Definition, System.Net.HttpStatusCode.Created, Cancelled);
        var id = created.GetProperty("id").GetString();
        await page.GotoAsync($"/tasks/{id}#data");
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(page.Locator("#data-count")).ToHaveTextAsync("12 records");
        var row = page.Locator("#data-table tr[data-index='3']");
        await Expect(row).ToBeVisibleAsync();
        await row.Locator(".open-record").ClickAsync();

        await page.Locator("#record-like").ClickAsync();
        await Expect(page.Locator("#record-like")).ToHaveTextAsync("Liked");
        await page.Locator("#record-edit").ClickAsync();
        var text = page.Locator("#record-text");
        var before = await text.InputValueAsync();
        await text.FillAsync(Age().Replace(before, "\"age\": 190"));
        await Button(page, "Save").ClickAsync();
        await Expect(page.Locator("#record-trouble")).ToHaveTextAsync("/age: 190 should be at most 90.");
        await text.FillAsync(Age().Replace(before, "\"age\": 77"));
        await Button(page, "Save").ClickAsync();
        await Expect(page.Locator("#record-facts")).ToContainTextAsync("changed");
        await Expect(page.Locator("#record-json")).ToContainTextAsync("\"age\": 77");

        await page.Locator("#record-next").ClickAsync();
        await Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 4");
        await page.Locator("#record-again").ClickAsync();
        await Expect(page.Locator("#record-facts")).ToContainTextAsync("changed");
        await page.Locator("#record-next").ClickAsync();
        await Expect(page.Locator("#record-title")).ToHaveTextAsync("Record 5");
        await page.Locator("#record-remove").ClickAsync();
        await Expect(page.Locator("#record-facts")).ToContainTextAsync("left out");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Close" }).ClickAsync();

        await Expect(page.Locator("#data-count")).ToHaveTextAsync("11 records");
        await Expect(page.Locator("#curated-told")).ToHaveTextAsync("2 changed · 1 left out · 1 liked");
        await Expect(row).ToContainTextAsync("edited");
        await Expect(row).ToContainTextAsync("77");
        var kept = await api.GetAsync($"/api/tasks/{id}/rows", Cancelled);
        Assert.Equal(11, kept.GetProperty("total").GetInt32());

        // What was left out is given back from its square.
        await page.Locator(".tabs a[data-tab=progress]").ClickAsync();
        await page.Locator("#grid .cell").Nth(5).ClickAsync();
        await page.Locator("#record-restore").ClickAsync();
        await Expect(page.Locator("#record-restore")).ToBeHiddenAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Locator(".tabs a[data-tab=data]").ClickAsync();
        await Expect(page.Locator("#data-count")).ToHaveTextAsync("12 records");

        await page.GetByText("New dataset like the liked ones").ClickAsync();
        await Expect(page.Locator("[data-name=definition]")).ToHaveValueAsync(new Regex("examples"));
        var definition = JsonElement.Parse(await page.Locator("[data-name=definition]").InputValueAsync());
        Assert.Equal(77, definition.GetProperty("examples")[0].GetProperty("age").GetInt32());
    }

    [GeneratedRegex("\"age\": \\d+")]
    private static partial Regex Age();
}
