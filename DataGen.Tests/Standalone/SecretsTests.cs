using System.Net.Http.Json;
using System.Text.Json;
using DataGen.Tests.Support;

namespace DataGen.Tests.Standalone;

/// <summary>The whole product at trace level writes no secret down.</summary>
public sealed class SecretsTests
{
    private const string Prompt = "A lighthouse keeper of Zanzibarquartz: full name, years of service";
    private const string InferenceKey = "sk-inference-key-3f9c1d7a52";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_secret_is_in_any_log_whatever_the_level()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(
            folder.Path,
            Cancelled,
            ("DATAGEN_INFERENCE_API_KEY", InferenceKey),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Orleans", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.DataProtection", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Server.Kestrel", "Trace"),
            ("Logging__Console__FormatterName", "json"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true")
        );
        var password = host.NewPassword();
        var banner = host.Output.IndexOf("Ctrl-C stops it", StringComparison.Ordinal);

        using var handler = new HttpClientHandler { CookieContainer = new() };
        using var browser = new HttpClient(handler) { BaseAddress = host.Origin };
        using var login = await browser.PostAsJsonAsync(
            "/api/auth/login",
            new { username = "admin", password },
            Cancelled
        );
        login.EnsureSuccessStatusCode();
        using var wrong = await browser.PostAsJsonAsync(
            "/api/auth/login",
            new { username = "admin", password = "a-wrong-password-84c1" },
            Cancelled
        );
        using var created = await browser.PostAsJsonAsync("/api/tokens", new { name = "nightly" }, Cancelled);
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync(Cancelled));
        var apiToken = (await created.Content.ReadFromJsonAsync<JsonElement>(Cancelled))
            .GetProperty("token")
            .GetString()!;
        using var api = await ApiClient.SignInAsync(host.Origin, "admin", password, Cancelled);
        var id = await api.CreateAsync(Prompt, 5, Cancelled);
        await api.EndAsync(id, Cancelled);
        using var page = await browser.GetAsync($"/tasks/{id}", Cancelled);
        page.EnsureSuccessStatusCode();
        var record = JsonDocument
            .Parse(await api.DownloadAsync(id, "json", Cancelled))
            .RootElement[0]
            .GetProperty("full_name")
            .GetString()!;
        await host.InterruptAsync(Cancelled);

        using var secrets = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(folder.Path, "secrets.json"), Cancelled)
        );
        var session = handler.CookieContainer.GetCookies(host.Origin)["datagen_session"]!.Value;
        var log = host.Output;
        Assert.Contains("\"LogLevel\":\"Trace\"", log, StringComparison.Ordinal);
        foreach (
            var (what, secret) in new[]
            {
                ("the inference key", InferenceKey),
                ("a wrong password", "a-wrong-password-84c1"),
                ("the session", session),
                ("the access token", api.AccessToken),
                ("the API token", apiToken.Split('.')[^1]),
                ("the session secret", secrets.RootElement.GetProperty("sessionSecret").GetString()!),
                ("the pepper", secrets.RootElement.GetProperty("authSecret").GetString()!),
                ("the prompt", "Zanzibarquartz"),
                ("a record", record),
            }
        )
        {
            Assert.False(
                log.Contains(secret, StringComparison.Ordinal),
                $"{what} is in the log: {Around(log, secret)}"
            );
        }

        // The one place where the password belongs is the banner.
        Assert.DoesNotContain(password, log[banner..], StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer ey", log, StringComparison.Ordinal);
    }

    private static string Around(string log, string secret)
    {
        var at = log.IndexOf(secret, StringComparison.Ordinal);
        return at < 0 ? "" : log[Math.Max(0, at - 300)..at];
    }
}
