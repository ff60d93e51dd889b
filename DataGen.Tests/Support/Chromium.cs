using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DataGen.Tests.Support.Chromium))]

namespace DataGen.Tests.Support;

/// <summary>The one browser of all tests. It starts with the first that needs it; each test opens contexts of its
/// own.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> started = new(StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (playwright, browser) = await started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    /// <summary>The browser, running. The test is skipped where Chromium is not installed.</summary>
    internal async Task<IBrowser> GetAsync()
    {
        Assert.SkipUnless(File.Exists(Program), "chromium is not installed");
        return (await started.Value).Browser;
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return (
            playwright,
            await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Arguments })
        );
    }
}
