using System.Text.Json;
using System.Text.RegularExpressions;
using DataGen.Tests.Support;
using YamlDotNet.Serialization;

namespace DataGen.Tests.Deploy;

/// <summary>The dashboard and the alert rules ask for metrics that there are, and an alert leads to a
/// runbook.</summary>
public sealed partial class MonitoringTests
{
    // Of ASP.NET Core and of Microsoft.Extensions.AI.
    private static readonly string[] OfOthers =
    [
        "http_server_request_duration_seconds_count",
        "gen_ai_client_operation_duration_seconds_bucket",
        "gen_ai_client_token_usage_sum",
    ];

    [Fact]
    public async Task The_dashboard_asks_for_metrics_that_there_are()
    {
        using var dashboard = JsonDocument.Parse(await ReadAsync("deploy/grafana-dashboard.json"));
        var questions = dashboard
            .RootElement.GetProperty("panels")
            .EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .ToArray();
        var asked = questions.SelectMany(Metrics).ToHashSet();
        Assert.Empty(asked.Except(await KnownAsync()));

        // Every meter of our own is on it.
        var roots = asked.Select(Root).ToHashSet();
        Assert.Empty((await KnownAsync()).Except(OfOthers).Select(Root).Except(roots));
    }

    [Fact]
    public async Task An_alert_asks_for_metrics_that_there_are_and_names_a_runbook()
    {
        var rules = new DeserializerBuilder()
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<RulesFile>(await ReadAsync("deploy/prometheus-alerts.yaml"))
            .Groups.SelectMany(group => group.Rules)
            .ToArray();
        var known = await KnownAsync();
        var headings = Heading()
            .Matches(await ReadAsync("docs/operations.md"))
            .Select(match => $"docs/operations.md#{match.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')}")
            .ToHashSet();
        Assert.NotEmpty(rules);
        Assert.All(
            rules,
            rule =>
            {
                Assert.NotEmpty(Metrics(rule.Expr));
                Assert.Empty(Metrics(rule.Expr).Except(known));
                Assert.Contains(rule.Labels["severity"], (string[])["warning", "critical"]);
                Assert.NotEmpty(rule.Annotations["summary"]);
                Assert.Contains(rule.Annotations["runbook"], headings);
            }
        );
    }

    [Fact]
    public async Task The_meters_in_operations_md_are_those_of_the_code()
    {
        var listed = ListedMeter()
            .Matches(await ReadAsync("docs/operations.md"))
            .SelectMany(row => MeterName().Matches(row.Groups[1].Value))
            .Select(name => name.Value)
            .ToHashSet();
        Assert.Equal((await InstrumentsAsync()).Select(instrument => instrument.Name).Order(), listed.Order());
    }

    private static IEnumerable<string> Metrics(string expression) =>
        MetricName().Matches(expression).Select(match => match.Value).Where(name => !IsLabel(name));

    private static bool IsLabel(string name) =>
        name
            is "datagen_reason"
                or "datagen_outcome"
                or "datagen_record_outcome"
                or "datagen_token_type"
                or "datagen_cache";

    private static string Root(string metric) => Suffix().Replace(metric, "");

    /// <summary>The names that Prometheus gives to the instruments in the code.</summary>
    private static async Task<IReadOnlySet<string>> KnownAsync() =>
        OfOthers
            .Concat((await InstrumentsAsync()).SelectMany(each => Named(each.Kind, each.Name, each.Unit)))
            .ToHashSet();

    private static async Task<IReadOnlyList<(string Kind, string Name, string Unit)>> InstrumentsAsync()
    {
        var found = new List<(string, string, string)>();
        foreach (
            var file in Directory
                .EnumerateFiles(DotnetProcess.Root, "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    Path.GetRelativePath(DotnetProcess.Root, file) is var path
                    && !path.StartsWith("DataGen.Tests", StringComparison.Ordinal)
                )
        )
        {
            found.AddRange(
                Instrument()
                    .Matches(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
                    .Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value))
            );
        }

        return found;
    }

    private static IEnumerable<string> Named(string kind, string name, string unit)
    {
        var stem =
            name.Replace('.', '_')
            + unit switch
            {
                "s" => "_seconds",
                "By" => "_bytes",
                _ => "",
            };
        return kind switch
        {
            "Counter" => [$"{stem}_total"],
            "Histogram" => [$"{stem}_bucket", $"{stem}_sum", $"{stem}_count"],
            _ => [stem],
        };
    }

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(DotnetProcess.Root, file), TestContext.Current.CancellationToken);

    // meter.CreateObservableGauge("datagen.explorer.disk", () => …, "By", "…")
    [GeneratedRegex(
        @"meter\.Create(Counter|Histogram|UpDownCounter|ObservableGauge)(?:<\w+>)?\(\s*""([^""]+)"",[^""]*""([^""]*)"""
    )]
    private static partial Regex Instrument();

    // | `datagen.runner.calls.in_flight`, `datagen.runner.calls.limit` | calls | …
    [GeneratedRegex(@"^\| (`datagen\..*?) \|", RegexOptions.Multiline)]
    private static partial Regex ListedMeter();

    [GeneratedRegex(@"datagen\.[a-z_.]+")]
    private static partial Regex MeterName();

    [GeneratedRegex(@"\b(?:datagen|gen_ai_client|http_server)_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    private sealed class RulesFile
    {
        [YamlMember(Alias = "groups")]
        public List<Group> Groups { get; init; } = [];
    }

    private sealed class Group
    {
        [YamlMember(Alias = "rules")]
        public List<Rule> Rules { get; init; } = [];
    }

    private sealed class Rule
    {
        [YamlMember(Alias = "expr")]
        public string Expr { get; init; } = "";

        [YamlMember(Alias = "labels")]
        public Dictionary<string, string> Labels { get; init; } = [];

        [YamlMember(Alias = "annotations")]
        public Dictionary<string, string> Annotations { get; init; } = [];
    }

    [Fact]
    public void The_backup_knows_every_key_that_a_task_has()
    {
        var script = File.ReadAllText(Path.Combine(DotnetProcess.Root, "deploy", "cstore-backup.py"));
        var keys = File.ReadAllText(Path.Combine(DotnetProcess.Root, "DataGen.Tasks", "Storage", "CStoreKeys.cs"));

        var kinds = TaskKey().Matches(keys).Select(key => key.Groups[1].Value).Distinct().ToArray();

        Assert.Contains("curation", kinds);
        Assert.All(kinds, kind => Assert.Contains($"{{document}}:{kind}", script, StringComparison.Ordinal));
    }

    [GeneratedRegex("datagen:task:\\{[^}]+\\}:([a-z]+)")]
    private static partial Regex TaskKey();
}
