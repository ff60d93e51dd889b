using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Tests.Definition;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The fields of a record as a table, and the definition that the table stands for.</summary>
public sealed class FieldTableTests(WebUnderTest web, Chromium chromium) : PageScriptTest(web, chromium)
{
    private const string Shop = """
        {"seed":4,"samplers":{"plan":{"type":"category","weights":{"free":70,"pro":30}},
         "mood":{"type":"values","values":["happy","angry"],"inRecord":false}},
         "schema":{"type":"object","properties":{"name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":18,"maximum":90},
          "plan":{"enum":["free","pro"]},"note":{"type":["string","null"]}},"required":["name","plan"],"additionalProperties":false},
         "unique":[["name"],["name","age"]],"budget":{"calls":700}}
        """;

    private readonly FakeListApi api = new();

    [Fact]
    public async Task A_table_that_nobody_touches_leaves_every_definition_as_it_is()
    {
        var page = await OpenAsync("/", api.AnswerAsync);

        foreach (var example in DefinitionExample.All.Append(new("shop", JsonElement.Parse(Shop))))
        {
            var back = await ChangedAsync(page, example.Definition.GetRawText(), "fields => fields");

            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(example.Definition.GetRawText()), JsonNode.Parse(back)),
                $"{example.Name}: {back}"
            );
        }
    }

    [Fact]
    public async Task What_is_changed_in_a_row_is_changed_in_the_definition_and_nothing_else()
    {
        var page = await OpenAsync("/", api.AnswerAsync);

        var changed = JsonElement.Parse(
            await ChangedAsync(
                page,
                Shop,
                """
                fields => {
                  const of = name => fields.find(field => field.name === name);
                  of('name').name = 'full_name';
                  of('age').by = 'drawn';
                  of('age').values = '20 - 30';
                  of('plan').values = 'free: 1, pro: 1, gold: 2';
                  of('note').unique = true;
                  return fields.filter(field => field.name !== 'mood').concat({ name: 'since', was: '', kind: 'date', values: '', by: 'model', unique: false, isPlain: true });
                }
                """
            )
        );

        Assert.Equal(
            """{"plan":{"type":"category","weights":{"free":1,"pro":1,"gold":2}},"age":{"type":"integer","min":20,"max":30}}""",
            Sorted(changed.GetProperty("samplers"), "plan", "age")
        );
        Assert.Equal(
            """{"full_name":{"type":"string","minLength":1},"age":{"type":"integer","minimum":20,"maximum":30},"plan":{"enum":["free","pro","gold"]},"note":{"type":["string","null"]},"since":{"type":"string","format":"date"}}""",
            changed.GetProperty("schema").GetProperty("properties").GetRawText()
        );
        Assert.Equal(
            """["full_name","plan","since"]""",
            changed.GetProperty("schema").GetProperty("required").GetRawText()
        );
        Assert.Equal("""[["full_name"],["note"],["full_name","age"]]""", changed.GetProperty("unique").GetRawText());
        Assert.Equal("""{"calls":700}""", changed.GetProperty("budget").GetRawText());
    }

    [Theory]
    [InlineData("""{"unique":[["email"],["name","bio"]]}""", """[["email"],["name","bio"]]""")]
    [InlineData("""{"unique":false}""", null)]
    [InlineData("""{"unique":[{"members":["sku"],"exact":true}]}""", """[{"members":["sku"],"exact":true}]""")]
    public async Task What_has_to_differ_and_has_no_row_stays(string definition, string? unique)
    {
        var page = await OpenAsync("/", api.AnswerAsync);

        var changed = JsonElement.Parse(
            await ChangedAsync(
                page,
                definition,
                "fields => fields.concat({ name: 'a', was: '', kind: 'text', values: '', by: 'model', unique: false, isPlain: true })"
            )
        );

        Assert.Equal(unique, changed.TryGetProperty("unique", out var sets) ? sets.GetRawText() : null);
    }

    [Fact]
    public async Task A_drawn_text_keeps_what_its_schema_says()
    {
        const string Definition =
            """{"samplers":{"plan":{"type":"category","weights":{"free":1,"pro":1}}},"schema":{"type":"object","properties":{"plan":{"type":"string","description":"d","maxLength":9},"n":{"type":"integer"}},"required":["plan"]}}""";
        var page = await OpenAsync("/", api.AnswerAsync);

        var changed = JsonElement.Parse(
            await ChangedAsync(page, Definition, "fields => { fields[1].values = '1 – 2'; return fields; }")
        );

        Assert.Equal(
            """{"type":"string","description":"d","maxLength":9}""",
            changed.GetProperty("schema").GetProperty("properties").GetProperty("plan").GetRawText()
        );
    }

    [Fact]
    public async Task A_field_that_is_added_to_nothing_makes_a_closed_schema()
    {
        var page = await OpenAsync("/", api.AnswerAsync);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a field" }).ClickAsync();
        var row = page.Locator("#fields tbody tr");

        await Assertions.Expect(row.GetByLabel("Name")).ToBeFocusedAsync();
        await row.GetByLabel("Name").FillAsync("stars");
        await row.GetByLabel("Type").SelectOptionAsync("integer");
        await row.GetByLabel("Values").FillAsync("1 – 5");

        await Assertions.Expect(page.Locator("#field-chips .chip")).ToHaveTextAsync("stars · integer · 1 – 5");
        Assert.Equal(
            """{"schema":{"type":"object","properties":{"stars":{"type":"integer","minimum":1,"maximum":5}},"required":["stars"],"additionalProperties":false}}""",
            Compact(await page.Locator("[data-name=definition]").InputValueAsync())
        );

        await row.GetByRole(AriaRole.Button, new() { Name = "Remove the field" }).ClickAsync();
        await Assertions.Expect(page.Locator("#fields")).ToBeHiddenAsync();
        Assert.DoesNotContain(
            "stars",
            await page.Locator("[data-name=definition]").InputValueAsync(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("integer", "drawn", "18", "needs a range such as 18 – 90")]
    [InlineData("integer", "drawn", "18 –", "needs both ends, such as 18 – 90")]
    [InlineData("integer", "model", "9 – 1", "begins after its end")]
    [InlineData("date", "model", "2024-01-01 – 2024-12-31", "a range of dates is for DataGen to draw")]
    [InlineData("choice", "model", "", "list values as: free: 70, pro: 30")]
    [InlineData("choice", "drawn", "a: x", "list values as: free: 70, pro: 30")]
    public async Task A_row_that_cannot_be_taken_says_why_and_leaves_the_definition(
        string type,
        string by,
        string values,
        string problem
    )
    {
        var page = await OpenAsync("/", api.AnswerAsync);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a field" }).ClickAsync();
        var row = page.Locator("#fields tbody tr");
        await row.GetByLabel("Name").FillAsync("a");
        await row.GetByLabel("Type").SelectOptionAsync(type);
        await row.GetByLabel("Written by").SelectOptionAsync(by);
        await row.GetByLabel("Values").FillAsync("1 – 2");
        var before = await page.Locator("[data-name=definition]").InputValueAsync();

        await row.GetByLabel("Values").FillAsync(values);

        await Assertions.Expect(row.Locator(".field-error")).ToHaveTextAsync(problem);
        Assert.Equal(before, await page.Locator("[data-name=definition]").InputValueAsync());
    }

    [Theory]
    [InlineData("1,000", null)]
    [InlineData("2k", null)]
    [InlineData("1.5 M", null)]
    [InlineData("1,00", "“1,00” is not a usable whole number.")]
    [InlineData("some", "“some” is not a usable whole number.")]
    public async Task A_count_is_taken_as_people_write_it(string typed, string? problem)
    {
        var page = await OpenAsync("/", api.AnswerAsync);
        await page.GetByLabel("How many records").FillAsync(typed);
        await page.GetByLabel("Describe one record").FocusAsync();

        await Assertions.Expect(page.Locator("#count-error")).ToHaveTextAsync(problem ?? "");
    }

    private static Task<string> ChangedAsync(IPage page, string definition, string change) =>
        page.EvaluateAsync<string>(
            $$"""
            async definition => {
              const { fieldsOf, withFields } = await import('/js/schemafields.js');
              const given = JSON.parse(definition);
              return JSON.stringify(withFields(given, ({{change}})(fieldsOf(given))));
            }
            """,
            definition
        );

    private static string Sorted(JsonElement given, params string[] names) =>
        $"{{{string.Join(',', names.Select(name => $"\"{name}\":{given.GetProperty(name).GetRawText()}"))}}}";

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json));
}
