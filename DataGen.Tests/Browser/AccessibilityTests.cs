using System.Text.Json;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>axe-core over every page and every important state of it, in light and dark.</summary>
public sealed class AccessibilityTests(RunningProduct product, DatasetFixture datasets)
    : BrowserTest(product),
        IClassFixture<DatasetFixture>
{
    private const string Run = """
        async () => {
          const { violations, passes } = await axe.run(document, { resultTypes: ['violations'], preload: false });
          if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe-core has seen no text.');
          return JSON.stringify(violations.map(({ id, impact, help, nodes }) =>
            ({ impact, text: `${impact} ${id}: ${help}${nodes.slice(0, 5).map(node => `\n    ${node.html.slice(0, 200)}\n      ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`).join('')}` })));
        }
        """;

    private const string TransitionsEnd = """
        () => Promise.allSettled(document.getAnimations().filter(each => each instanceof CSSTransition).map(each => each.finished))
        """;

    private static readonly string Library = Path.Combine(
        DotnetProcess.Root,
        "DataGen.Tests",
        "Interop",
        "node",
        "node_modules",
        "axe-core",
        "axe.min.js"
    );

    /// <summary>What is looked at: who opens which address, and what they do there.</summary>
    private static readonly Dictionary<
        string,
        (string? Who, Func<DatasetFixture, string> Address, Func<IPage, Task> Act)
    > States = new()
    {
        ["sign-in"] = (null, _ => "/login", page => Expect(page.GetByLabel("Username")).ToBeFocusedAsync()),
        ["sign-in refused"] = (null, _ => "/login", RefuseAsync),
        ["dashboard of a newcomer"] = ("newcomer", _ => "/", page => Expect(page.Locator("#empty")).ToBeVisibleAsync()),
        ["dashboard with datasets"] = (
            "owner",
            _ => "/",
            page => Expect(page.Locator("#task-list > li")).ToHaveCountAsync(4)
        ),
        ["dashboard, form with errors"] = ("owner", _ => "/", FillBadlyAsync),
        ["dashboard, fields and preview"] = (
            "owner",
            _ => "/",
            async page =>
            {
                await page.GetByLabel("Describe one record").FillAsync("A customer: full name, plan (free or pro)");
                await Button(page, "Suggest fields").ClickAsync();
                await Expect(page.Locator("#fields tbody tr").First).ToBeVisibleAsync();
                await Button(page, "Preview 5").ClickAsync();
                await Expect(page.Locator("#preview")).ToBeVisibleAsync();
                await page.Locator("#preview .open-record").First.ClickAsync();
            }
        ),
        ["gallery"] = (
            "owner",
            _ => "/gallery",
            page => Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bank transactions" })).ToBeVisibleAsync()
        ),
        ["dashboard, menu of a row"] = (
            "owner",
            _ => "/",
            page => page.Locator("#task-list [data-menu] > summary").First.ClickAsync()
        ),
        ["dashboard, nothing fits"] = (
            "owner",
            _ => "/?q=nothing-has-this",
            page => Expect(page.Locator("#no-match")).ToBeVisibleAsync()
        ),
        ["dashboard after a deletion"] = (
            "owner",
            _ => "/?deleted=0199aaaa-0000-7000-8000-000000000000",
            page => Expect(page.Locator("#deleted")).ToBeVisibleAsync()
        ),
        ["dashboard, duplicate"] = (
            "owner",
            datasets => $"/?from={datasets.Ended}",
            page => Expect(page.Locator("#new-task .lead")).ToContainTextAsync("A copy of")
        ),
        ["small task at work"] = ("owner", datasets => $"/tasks/{datasets.Small}", AtWorkAsync),
        ["large task at work"] = ("owner", datasets => $"/tasks/{datasets.Large}", AtWorkAsync),
        ["task that ended with failures"] = ("owner", datasets => $"/tasks/{datasets.Ended}#progress", EndedAsync),
        ["report"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}/report",
            page => Expect(page.Locator("#report .column").First).ToBeVisibleAsync()
        ),
        ["task, download menu"] = ("owner", datasets => $"/tasks/{datasets.Ended}#progress", OpenDownloadsAsync),
        ["task, record"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}#progress",
            page => OpenRecordAsync(page, "#records tbody tr:not(:has(.record-error)) .open-record")
        ),
        ["task, record being edited"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}#progress",
            async page =>
            {
                await OpenRecordAsync(page, "#records tbody tr:not(:has(.record-error)) .open-record");
                await page.Locator("#record-edit").ClickAsync();
                await Expect(page.Locator("#record-text")).ToBeFocusedAsync();
            }
        ),
        ["task, failed record"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}#progress",
            async page =>
            {
                await EndedAsync(page);
                await OpenTabAsync(page, "errors");
                await page.Locator(".failure-example").First.ClickAsync();
                await Expect(page.Locator("#record-facts")).ToContainTextAsync("Attempts");
            }
        ),
        ["task, request"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}#request",
            page => Expect(page.Locator("#task-id")).ToBeVisibleAsync()
        ),
        ["task, data"] = ("owner", datasets => $"/tasks/{datasets.Ended}", DataAsync),
        ["task, data while at work"] = ("owner", datasets => $"/tasks/{datasets.Small}#data", DataAsync),
        ["task, data narrowed"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}?filter=age%3E%3D0&sort=-age#data",
            async page =>
            {
                await DataAsync(page);
                await page.Locator("#filter-box > summary").ClickAsync();
            }
        ),
        ["task, data asked in SQL"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}#data",
            async page =>
            {
                await DataAsync(page);
                await page.Locator("#sql > summary").ClickAsync();
                await Button(page, "Run").ClickAsync();
                await Expect(page.Locator("#sql-answer tbody tr").First).ToBeVisibleAsync();
                await page.Locator("#columns-box > summary").ClickAsync();
            }
        ),
        ["task, delete?"] = ("owner", datasets => $"/tasks/{datasets.Ended}#progress", AskToDeleteAsync),
        ["task, delete? without script"] = (
            "owner",
            datasets => $"/tasks/{datasets.Ended}?ask=delete#progress",
            EndedAsync
        ),
        ["account"] = (
            "owner",
            _ => "/account",
            page => Expect(page.Locator("#sessions .row").First).ToBeVisibleAsync()
        ),
        ["users"] = ("admin", _ => "/users", page => Expect(page.Locator("#users .row").First).ToBeVisibleAsync()),
        ["users, new user"] = ("admin", _ => "/users", page => Button(page, "New user").ClickAsync()),
        ["users, for others"] = ("owner", _ => "/users", page => Expect(page.Locator("h1")).ToBeVisibleAsync()),
        ["no such page"] = ("owner", _ => "/nowhere", page => Expect(page.Locator("h1")).ToBeVisibleAsync()),
    };

    public static TheoryData<string> Everything { get; } = new(States.Keys);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Product.SetMockAsync("""{"inference": {"latencyMs": 2000}}"""); // what is at work is to stay so
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Nothing_serious_keeps_anybody_from_using_it_in_light_and_dark(string state)
    {
        Assert.SkipUnless(
            File.Exists(Library),
            "the npm packages are not installed: run 'npm ci' in DataGen.Tests/Interop/node, or eng/test.sh"
        );
        var (who, address, act) = States[state];
        var page = await OpenAsync(
            new() { StorageState = who is null ? null : datasets.SignedIn[who], ReducedMotion = ReducedMotion.Reduce }
        );
        await page.GotoAsync(address(datasets));
        await act(page);

        await page.EvaluateAsync(await File.ReadAllTextAsync(Library, Cancelled));
        foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await page.EvaluateAsync(TransitionsEnd);
            var violations = JsonElement.Parse(await page.EvaluateAsync<string>(Run)).EnumerateArray().ToArray();

            var all = string.Join("\n", violations.Select(violation => violation.GetProperty("text").GetString()));
            TestContext.Current.TestOutputHelper?.WriteLine($"{colours}:\n{all}");
            Assert.False(
                violations.Any(violation => violation.GetProperty("impact").GetString() is "serious" or "critical"),
                $"{state}, {colours}:\n{all}"
            );
        }
    }

    private static async Task RefuseAsync(IPage page)
    {
        await page.GetByLabel("Username").FillAsync("nobody-of-that-name");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("not-a-password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    private static async Task FillBadlyAsync(IPage page)
    {
        await page.GetByText("Advanced").ClickAsync();
        await page.GetByLabel("Temperature").FillAsync("hot");
        await page.GetByLabel("How many records").FillAsync("many");
        await Button(page, "Generate").ClickAsync();
        await Expect(page.Locator("#prompt-error")).Not.ToBeEmptyAsync();
    }

    private static async Task AtWorkAsync(IPage page)
    {
        await LinkAsync(page, "live");
        await Expect(page.Locator("#grid .cell").First).ToBeVisibleAsync();
        await Expect(page.Locator("path.chart-rate")).ToHaveCountAsync(1);
    }

    private static async Task EndedAsync(IPage page)
    {
        await LinkAsync(page, "ended");
        await Expect(page.Locator("#grid .cell[data-state=failed]").First).ToBeVisibleAsync();
    }

    private static async Task OpenDownloadsAsync(IPage page)
    {
        await EndedAsync(page);
        await page.Locator("#downloads > summary").ClickAsync();
    }

    private static async Task OpenRecordAsync(IPage page, string opener)
    {
        await EndedAsync(page);
        await page.Locator(opener).First.ClickAsync();
        await Expect(page.Locator("#record-facts")).ToContainTextAsync("Attempts");
    }

    private static async Task DataAsync(IPage page)
    {
        await Expect(page.Locator("#data-table tbody tr[data-index]").First).ToBeVisibleAsync();
        await Expect(page.Locator("#data-table .profile-facts").First).ToBeVisibleAsync();
        await Expect(page.Locator("#data-table .profiles .bar-of").First).ToBeVisibleAsync();
    }

    private static async Task AskToDeleteAsync(IPage page)
    {
        await EndedAsync(page);
        await Button(page, "Delete").ClickAsync();
        await Expect(page.Locator("#confirm-dialog")).ToBeVisibleAsync();
    }
}
