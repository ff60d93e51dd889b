using System.Net;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Gateway;

public sealed partial class DocsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_contract_and_its_page_are_for_those_who_are_signed_in()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.GetAsync("/openapi/v1.json", Ct).StatusAsync());
        using var docs = await gateway.Client.GetAsync("/docs", Ct);
        Assert.Equal("/login?returnUrl=%2Fdocs", docs.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_contract_holds_every_call_and_how_to_be_let_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var contract = await ann.GetAsync("/openapi/v1.json", Ct).JsonAsync();

        var calls = contract["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key} {path.Key}")).ToArray();
        Assert.Contains("post /api/tasks", calls);
        Assert.Contains("get /api/tasks/{id}/events", calls);
        Assert.All(calls, call => Assert.Contains(" /api/", call, StringComparison.Ordinal));
        Assert.Equal(["200", "401", "503"], contract["paths"]!["/api/metrics"]!["get"]!["responses"]!.AsObject().Select(response => response.Key).Order());
        Assert.Equal(["prompt", "count"], contract["components"]!["schemas"]!["NewTask"]!["required"]!.AsArray().Select(name => (string?)name));
        Assert.Equal("bearer", (string?)contract["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
        Assert.Equal(["prompt", "count", "title", "temperature", "maxTokens", "concurrency"], contract["components"]!["schemas"]!["NewTask"]!["properties"]!.AsObject().Select(field => field.Key));
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_its_policy_lets_its_script_run()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        using var response = await ann.GetAsync("/docs/", Ct);
        var page = await response.Content.ReadAsStringAsync(Ct);

        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        var nonce = Nonce().Match(response.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
        var scripts = ScriptTag().Matches(page);
        Assert.NotEmpty(scripts);
        foreach (Match script in scripts)
        {
            Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal);
            if (script.Groups[1].Success)
            {
                using var source = await ann.GetAsync(new Uri(new Uri(ann.BaseAddress!, "/docs/"), script.Groups[1].Value), Ct);
                Assert.Equal((HttpStatusCode.OK, "text/javascript"), (source.StatusCode, source.Content.Headers.ContentType?.MediaType));
            }
        }
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script(?:[^>]*src=\"([^\"]+)\")?[^>]*>")]
    private static partial Regex ScriptTag();
}
