using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Gateway;

public sealed partial class DocsTests
{
    private static readonly string[] DescribedSchemas =
    [
        "TaskResponse",
        "TaskListResponse",
        "ErrorGroupResponse",
        "HistoryPointResponse",
        "CellsResponse",
        "RecordResponse",
        "InFlightResponse",
        "NewTask",
    ];

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

        var calls = contract["paths"]!
            .AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key} {path.Key}"))
            .ToArray();
        Assert.Contains("post /api/tasks", calls);
        Assert.Contains("get /api/tasks/{id}/events", calls);
        Assert.Contains("post /api/tasks/{id}/retry", calls);
        Assert.Contains("delete /api/tasks/{id}", calls);
        Assert.All(calls, call => Assert.Contains(" /api/", call, StringComparison.Ordinal));
        Assert.Equal(
            ["200", "401", "503"],
            contract["paths"]!["/api/metrics"]!["get"]!["responses"]!
                .AsObject()
                .Select(response => response.Key)
                .Order()
        );
        Assert.Equal(
            ["prompt", "count"],
            contract["components"]!["schemas"]!["NewTask"]!["required"]!.AsArray().Select(name => (string?)name)
        );
        Assert.Equal("bearer", (string?)contract["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
        Assert.Equal(
            [
                "prompt",
                "count",
                "title",
                "temperature",
                "maxTokens",
                "concurrency",
                "blocks",
                "seed",
                "samplers",
                "schema",
                "examples",
                "unique",
                "near",
                "rules",
                "budget",
            ],
            contract["components"]!["schemas"]!["NewTask"]!["properties"]!.AsObject().Select(field => field.Key)
        );
    }

    [Fact]
    public async Task The_contract_says_in_words_what_each_call_parameter_and_field_of_a_task_is()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var contract = await ann.GetAsync("/openapi/v1.json", Ct).JsonAsync();

        var calls = contract["paths"]!
            .AsObject()
            .Where(path => path.Key.StartsWith("/api/tasks", StringComparison.Ordinal))
            .SelectMany(path =>
                path.Value!.AsObject().Select(call => (Name: $"{call.Key} {path.Key}", Call: call.Value!.AsObject()))
            )
            .ToArray();
        Assert.Equal(23, calls.Length);
        Assert.All(calls, call => Assert.Matches(@"^[A-Z][^.]{3,30}$", (string?)call.Call["summary"]));
        Assert.Equal(calls.Length, calls.Select(call => (string?)call.Call["summary"]).Distinct().Count());
        Assert.All(calls, call => Assert.True(IsSentence(call.Call["description"]), call.Name));
        Assert.All(
            calls.SelectMany(call =>
                (call.Call["parameters"]?.AsArray() ?? []).Select(parameter => (call.Name, Parameter: parameter!))
            ),
            field => Assert.True(IsSentence(field.Parameter["description"]), $"{field.Name}: {field.Parameter["name"]}")
        );
        Assert.All(
            DescribedSchemas.SelectMany(schema =>
                contract["components"]!["schemas"]![schema]!["properties"]!
                    .AsObject()
                    .Select(field => (Name: $"{schema}.{field.Key}", Schema: field.Value!))
            ),
            field =>
                Assert.True(
                    IsSentence(field.Schema["description"] ?? field.Schema["oneOf"]?[1]?["description"]),
                    $"{field.Name}: {field.Schema.ToJsonString()}"
                )
        );
    }

    [Fact]
    public async Task The_contract_tells_retry_delete_filters_and_formats()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();

        var paths = (await ann.GetAsync("/openapi/v1.json", Ct).JsonAsync())["paths"]!;

        Assert.Equal(["200", "400", "401", "404", "429", "503"], Statuses(paths["/api/tasks/{id}/retry"]!["post"]!));
        Assert.Equal(["204", "401", "404", "503"], Statuses(paths["/api/tasks/{id}"]!["delete"]!));
        Assert.Equal(
            ["limit", "cursor", "status", "q", "failures", "sort", "owner"],
            Parameters(paths["/api/tasks"]!["get"]!)
        );
        Assert.Equal(
            ["id", "format", "partial", "formulaGuard", "bom", "curated", "filter", "q", "sort", "owner"],
            Parameters(paths["/api/tasks/{id}/export"]!["get"]!)
        );
        Assert.Equal(
            ["application/json", "application/jsonl", "text/csv", "application/vnd.apache.parquet", "application/zip"],
            paths["/api/tasks/{id}/export"]!["get"]!["responses"]!["200"]!["content"]!
                .AsObject()
                .Select(type => type.Key)
        );

        static IEnumerable<string> Statuses(JsonNode call) =>
            call["responses"]!.AsObject().Select(response => response.Key).Order();

        static IEnumerable<string?> Parameters(JsonNode call) =>
            call["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]);
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
                using var source = await ann.GetAsync(
                    new Uri(new Uri(ann.BaseAddress!, "/docs/"), script.Groups[1].Value),
                    Ct
                );
                Assert.Equal(
                    (HttpStatusCode.OK, "text/javascript"),
                    (source.StatusCode, source.Content.Headers.ContentType?.MediaType)
                );
            }
        }
    }

    private static bool IsSentence(JsonNode? text) =>
        text is not null && ((string)text!).Contains(' ', StringComparison.Ordinal) && ((string)text!).EndsWith('.');

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script(?:[^>]*src=\"([^\"]+)\")?[^>]*>")]
    private static partial Regex ScriptTag();
}
