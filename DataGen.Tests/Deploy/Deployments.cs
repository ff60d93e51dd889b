using DataGen.Tests.Aspire;
using DataGen.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace DataGen.Tests.Deploy;

/// <summary>The services as each way of deployment describes them.</summary>
internal static class Deployments
{
    public static string ComposeFile { get; } = Path.Combine(DotnetProcess.Root, "deploy", "compose.yaml");

    /// <summary>What the app model publishes: DataGen's own programs, without Redis.</summary>
    public static Dictionary<string, DeployedService> Of(ManifestTests.PublishedManifest manifest) =>
        manifest
            .Resources.Where(resource =>
                resource.Value.GetProperty("type").GetString()!.StartsWith("project", StringComparison.Ordinal)
            )
            .ToDictionary(
                resource => resource.Name,
                resource =>
                    DeployedService.Of(
                        manifest
                            .Environment(resource.Name)
                            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()!)
                    )
            );

    /// <summary>What <c>deploy/compose.yaml</c> starts from images of DataGen's own, without the mock.</summary>
    public static Dictionary<string, DeployedService> OfCompose()
    {
        using var text = File.OpenText(ComposeFile);
        var file = new DeserializerBuilder()
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<ComposeFileText>(new MergingParser(new Parser(text)));
        return file
            .Services.Where(service => service.Value.Build is not null && service.Value.Profiles.Count == 0)
            .ToDictionary(service => service.Key, service => DeployedService.Of(service.Value.Environment));
    }

    /// <summary>What the chart deploys when every setting has a value.</summary>
    public static async Task<Dictionary<string, DeployedService>> OfChartAsync(IEnumerable<string> settings)
    {
        var values = settings.Select(name => $"  {name}: \"{Sample(name)}\"");
        var rendered = await RenderedChart.Of(
            $"""
            secret: {"{"} required: [], optional: [] {"}"}
            settings:
            {string.Join('\n', values)}
            """
        );
        return rendered.Deployments.ToDictionary(
            pair => pair.Key,
            pair =>
                DeployedService.Of(
                    rendered
                        .Container(pair.Key)
                        .Env.ToDictionary(variable => variable.Name, variable => variable.Value ?? "")
                )
        );
    }

    private static string Sample(string name) =>
        name switch
        {
            "DATAGEN_CSTORE" => "redis",
            "DATAGEN_PASSWORD_HASH" => "scrypt",
            _ => "7",
        };

    private sealed class ComposeFileText
    {
        [YamlMember(Alias = "services")]
        public Dictionary<string, ComposeServiceText> Services { get; init; } = [];
    }

    private sealed class ComposeServiceText
    {
        [YamlMember(Alias = "build")]
        public object? Build { get; init; }

        [YamlMember(Alias = "profiles")]
        public List<string> Profiles { get; init; } = [];

        [YamlMember(Alias = "environment")]
        public Dictionary<string, string> Environment { get; init; } = [];
    }
}
