using System.Collections.Concurrent;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>A test in a browser. Whatever it does, no page of it may open a dialog of the browser's, throw, log an
/// error or break the Content-Security-Policy.</summary>
[Collection(BrowserCollectionDefinition.Name)]
public abstract class BrowserTest(RunningProduct product) : IAsyncLifetime
{
    internal const string Prompt =
        "A customer of an online book shop: full name, e-mail at example.com, age 18-90, country, favourite genre, loyalty points";

    private readonly ConcurrentQueue<string> untoward = [];
    private readonly List<IBrowserContext> contexts = [];
    private readonly List<ApiClient> clients = [];

    internal RunningProduct Product => product;

    internal static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => await product.SetMockAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var context in contexts)
        {
            await context.DisposeAsync();
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }

        GC.SuppressFinalize(this);
        Assert.Empty(untoward);
    }

    /// <summary>A window of somebody who is not signed in.</summary>
    internal async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL ??= product.Origin.ToString();
        var context = await product.Browser.NewContextAsync(options);
        contexts.Add(context);
        context.SetDefaultTimeout(PatientExpectations.Milliseconds);
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"
        );
        context.WebError += (_, error) => untoward.Enqueue($"{error.Page?.Url}: {error.Error}");
        context.Dialog += (_, dialog) =>
        {
            untoward.Enqueue($"{dialog.Page?.Url}: dialog {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        context.Console += (_, message) =>
        {
            // an answer that is a refusal, and a connection that was cut, are told by the browser as this
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                // Scalar's page tries whether it may evaluate text, may not, and does without.
                && !(
                    message.Page!.Url.Contains("/docs", StringComparison.Ordinal)
                    && (
                        message.Text.StartsWith("policy: script-src eval", StringComparison.Ordinal)
                        || message.Text.StartsWith("Evaluating a string as JavaScript", StringComparison.Ordinal)
                    )
                )
            )
            {
                untoward.Enqueue($"{message.Page?.Url}: {message.Text}");
            }
        };
        return await context.NewPageAsync();
    }

    /// <summary>A window of somebody who has signed in by hand.</summary>
    internal async Task<IPage> SignInAsync(string username, string password, BrowserNewContextOptions? options = null)
    {
        var page = await OpenAsync(options);
        await page.GotoAsync("/");
        await page.GetByLabel("Username").FillAsync(username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Uri(new Uri(page.Url), "/").ToString());
        return page;
    }

    /// <summary>A window of a new user, and their scripts.</summary>
    internal async Task<(IPage Page, ApiClient Api)> SignInAsync(string name, BrowserNewContextOptions? options = null)
    {
        var (username, password) = await product.NewUserAsync(name);
        return (await SignInAsync(username, password, options), await ConnectAsync(product.Origin, username, password));
    }

    /// <summary>A script of somebody's.</summary>
    internal async Task<ApiClient> ConnectAsync(Uri origin, string username, string password)
    {
        var client = await ApiClient.SignInAsync(origin, username, password, Cancelled);
        clients.Add(client);
        return client;
    }

    /// <summary>Waits until the page of a task is fed.</summary>
    internal static Task LinkAsync(IPage page, string state) =>
        Assertions.Expect(page.Locator("#task")).ToHaveAttributeAsync("data-link", state);

    /// <summary>Opens a part of the task's page.</summary>
    internal static async Task OpenTabAsync(IPage page, string name)
    {
        await page.Locator($".tabs a[data-tab={name}]").ClickAsync();
        await Expect(page.Locator($".part[data-part={name}]")).ToBeVisibleAsync();
    }

    /// <summary>A figure of the task's page.</summary>
    internal static ILocator Field(IPage page, string name) => page.Locator($"#task [data-field={name}]");

    internal static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    internal static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
