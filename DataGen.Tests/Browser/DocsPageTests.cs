using System.Net;
using System.Text.Json;
using DataGen.Tests.Support;
using Microsoft.Playwright;

namespace DataGen.Tests.Browser;

/// <summary>The page of the API: what it proposes to send works as it stands, with the session of the
/// browser.</summary>
public sealed class DocsPageTests(RunningProduct product) : BrowserTest(product)
{
    [Fact]
    public async Task A_call_is_tried_as_it_is_proposed_and_the_way_back_is_at_hand()
    {
        var (page, api) = await SignInAsync("reader");
        await page.GotoAsync("/docs#tag/tasks/POST/api/tasks");

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("Test Request") }).First.ClickAsync();
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send") }).First.ClickAsync(),
            response => response.Request.Method == "POST" && new Uri(response.Url).AbsolutePath == "/api/tasks"
        );

        Assert.Equal((int)HttpStatusCode.Created, answer.Status);
        await Expect(page.GetByText("201 Created").First).ToBeVisibleAsync();
        Assert.Equal(1, (await api.GetAsync("/api/tasks", Cancelled)).GetProperty("total").GetInt32());
        await page.GotoAsync("/docs");
        await page.GetByRole(AriaRole.Link, new() { Name = "← Datasets" }).ClickAsync();
        await Expect(page.Locator("#task-list > li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Every_body_that_the_contract_proposes_is_taken()
    {
        var (_, api) = await SignInAsync("author");
        using var admin = await ApiClient.SignInAsync(
            Product.Origin,
            RunningProduct.Admin,
            Product.AdminPassword,
            Cancelled
        );
        var contract = await api.GetAsync("/openapi/v1.json", Cancelled);
        var created = await api.PostAsync(
            "/api/tasks",
            Example("/api/tasks", "post"),
            HttpStatusCode.Created,
            Cancelled
        );
        var id = created.GetProperty("id").GetString()!;
        await api.EndAsync(id, Cancelled);

        var sent = new List<string>();
        foreach (var path in contract.GetProperty("paths").EnumerateObject())
        {
            foreach (var call in path.Value.EnumerateObject())
            {
                // Signing in and the password would be those of somebody who is not there.
                if (
                    !call.Value.TryGetProperty("requestBody", out _)
                    || path.Name.StartsWith("/api/auth", StringComparison.Ordinal)
                )
                {
                    continue;
                }

                var address = path
                    .Name.Replace("{id}", id, StringComparison.Ordinal)
                    .Replace("{index}", "1", StringComparison.Ordinal)
                    .Replace("{name}", "ann", StringComparison.Ordinal);
                var sender = address.StartsWith("/api/users", StringComparison.Ordinal) ? admin : api;
                var status = await sender.SendAsync(
                    new HttpMethod(call.Name.ToUpperInvariant()),
                    address,
                    Example(path.Name, call.Name),
                    Cancelled
                );
                Assert.True((int)status is >= 200 and < 300, $"{call.Name} {path.Name}: {status}");
                if (path.Name == "/api/tasks/{id}/extend")
                {
                    await api.EndAsync(id, Cancelled);
                }

                sent.Add($"{call.Name} {path.Name}");
            }
        }

        Assert.Equal(14, sent.Count);

        JsonElement Example(string path, string method) =>
            contract
                .GetProperty("paths")
                .GetProperty(path)
                .GetProperty(method)
                .GetProperty("requestBody")
                .GetProperty("content")
                .GetProperty("application/json")
                .GetProperty("example");
    }
}
