using System.Globalization;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>What the page of a task says while it hears nothing, and after.</summary>
public sealed class ConnectionTests(RunningProduct product) : BrowserTest(product)
{
    /// <summary>200 records two at a time are made in 50 s: no browser is so slow that it sees only the end.</summary>
    private const string Slowly = """{"inference": {"latencyMs": 500}}""";
    private const string Fast = """{"inference": {"latencyMs": 20, "jitterMs": 0}}""";

    [Fact]
    public async Task Reloaded_in_mid_task_the_page_goes_on_from_what_is_stored()
    {
        var (page, api) = await SignInAsync("reloader");
        await Product.SetMockAsync(Slowly);
        var id = await api.CreateAsync(Prompt, 200, 2, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        var before = await UntilShownAsync(page, 6);

        await page.ReloadAsync();
        var after = await ShownAsync(page);
        Assert.InRange(
            after,
            before,
            (await api.GetAsync($"/api/tasks/{id}", Cancelled)).GetProperty("completed").GetInt32()
        );
        await LinkAsync(page, "live");
        await Product.SetMockAsync(Fast);

        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(200);
    }

    [Fact]
    public async Task While_the_connection_is_cut_the_page_says_so_and_shows_nothing_it_has_not_heard()
    {
        var (page, api) = await SignInAsync("traveller");
        await Product.SetMockAsync(Slowly);
        var id = await api.CreateAsync(Prompt, 200, 2, Cancelled);
        await page.GotoAsync($"/tasks/{id}");
        await LinkAsync(page, "live");
        await UntilShownAsync(page, 4);

        await page.Context.SetOfflineAsync(true);
        await page.EvaluateAsync("dispatchEvent(new Event('online'))"); // as after a sleep: what was open is given up
        await Expect(page.Locator("#link-state")).ToContainTextAsync("reconnecting");
        var heard = await ShownAsync(page);
        var cells = await page.Locator("#grid .cell[data-state=good]").CountAsync();
        var elapsed = await Field(page, "elapsed").TextContentAsync();
        var stored = await api.UntilAsync(
            id,
            task => task.GetProperty("completed").GetInt32() >= heard + 16,
            Cancelled
        );
        Assert.Equal((heard, elapsed), (await ShownAsync(page), await Field(page, "elapsed").TextContentAsync()));
        await Expect(page.Locator("#link-state")).ToContainTextAsync("as of");
        await Expect(Field(page, "timeLeft")).ToHaveTextAsync("–");
        Assert.Equal(cells, await page.Locator("#grid .cell[data-state=good]").CountAsync());

        await page.Context.SetOfflineAsync(false);
        await LinkAsync(page, "live");
        await UntilShownAsync(page, stored.GetProperty("completed").GetInt32());
        await Product.SetMockAsync(Fast);
        await Expect(Field(page, "status")).ToHaveTextAsync("succeeded");
        await Expect(page.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(200);
    }

    [Fact]
    public async Task A_server_that_is_killed_and_started_again_is_waited_for_by_the_dashboard_and_the_task()
    {
        using var folder = new TemporaryFolder();
        var first = await Product.StartAsync(folder);
        var (origin, password) = (first.Origin, first.NewPassword());
        IPage task,
            dashboard;
        int heard;
        try
        {
            task = await SignInAsync(RunningProduct.Admin, password, new() { BaseURL = origin.ToString() });
            var api = await ConnectAsync(origin, RunningProduct.Admin, password);
            await Product.SetMockAsync(Slowly);
            var id = await api.CreateAsync(Prompt, 200, 2, Cancelled);
            dashboard = await task.Context.NewPageAsync();
            await dashboard.GotoAsync("/");
            await dashboard.GetByLabel("Describe one record").FillAsync("What was typed");
            await task.GotoAsync($"/tasks/{id}");
            await LinkAsync(task, "live");
            await UntilShownAsync(task, 4);
        }
        finally
        {
            await first.DisposeAsync();
        }

        await Expect(task.Locator("#link-state")).ToContainTextAsync("reconnecting");
        await Expect(dashboard.Locator("#link-state")).ToContainTextAsync("reconnecting");
        await Expect(Field(task, "status")).ToHaveTextAsync("running");
        heard = await ShownAsync(task);

        await using var again = await Product.StartAsync(
            folder,
            ("DATAGEN_APP_PORT", origin.Port.ToString(CultureInfo.InvariantCulture))
        );
        await LinkAsync(task, "live");
        await UntilShownAsync(task, heard + 1);
        await Product.SetMockAsync(Fast);
        await Expect(Field(task, "status")).ToHaveTextAsync("succeeded");
        await Expect(task.Locator("#grid .cell[data-state=good]")).ToHaveCountAsync(200);
        await Expect(dashboard.Locator("#task-list [data-field=status]").First).ToHaveTextAsync("succeeded");
        await Expect(dashboard.GetByLabel("Describe one record")).ToHaveValueAsync("What was typed");
    }

    private static async Task<int> ShownAsync(IPage page) =>
        int.Parse(
            (await Field(page, "completed").TextContentAsync())!,
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );

    private static Task<int> UntilShownAsync(IPage page, int records) =>
        Eventually.GetAsync(() => ShownAsync(page), shown => shown >= records, $"{records} records shown");
}
