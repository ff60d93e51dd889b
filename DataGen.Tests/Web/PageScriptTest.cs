using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Web;

/// <summary>The scripts of a page in a real browser: DataGen.Web serves the page, and the test answers its calls to the
/// REST API as the Gateway would.</summary>
public abstract class PageScriptTest(WebUnderTest web, Chromium chromium) : IClassFixture<WebUnderTest>, IAsyncLifetime
{
    private IBrowserContext? context;

    public ValueTask InitializeAsync()
    {
        web.SignIn();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (context is not null)
        {
            await context.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a page whose calls to the REST API get their answers from <paramref name="answer"/>.</summary>
    internal async Task<IPage> OpenAsync(string path, Func<IRoute, Task> answer)
    {
        var browser = await chromium.GetAsync();
        context = await browser.NewContextAsync(
            new()
            {
                BaseURL = web.Browser.BaseAddress!.ToString(),
                ExtraHTTPHeaders = new Dictionary<string, string>
                {
                    ["Authorization"] = web.Browser.DefaultRequestHeaders.Authorization!.ToString(),
                },
            }
        );
        await context.RouteAsync("**/api/**", answer);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }
}
