using System.Reflection;
using DataGen.Tests.Aspire;
using YamlDotNet.Serialization;

namespace DataGen.Tests.Deploy;

/// <summary>The app model, <c>deploy/compose.yaml</c> and the chart say the same about the services, and what they say
/// is what the code knows.</summary>
public sealed class AgreementTests(ManifestTests.PublishedManifest manifest)
    : IClassFixture<ManifestTests.PublishedManifest>
{
    // Where replicas are containers or pods: the Gateway listens on all of its own, nothing is kept in a folder, and
    // the silo's address is the pod's (the chart sets it) or the one toward Redis.
    private static readonly string[] Fixed =
    [
        "DATAGEN_APP_HOST",
        "DATAGEN_APP_PORT",
        "DATAGEN_DATA_DIR",
        "DATAGEN_SILO_ADDRESS",
    ];

    // OpenTelemetry reads it itself.
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly Dictionary<string, Assembly> Programs = new()
    {
        ["explorer"] = typeof(DataGen.Explorer.Program).Assembly,
        ["gateway"] = typeof(DataGen.Gateway.Program).Assembly,
        ["runner"] = typeof(DataGen.Runner.Program).Assembly,
        ["tasks"] = typeof(DataGen.Tasks.Program).Assembly,
        ["web"] = typeof(DataGen.Web.Program).Assembly,
    };

    private static IEnumerable<string> ReadmeNames => ReadmeSettings.Names().Distinct().Except(Fixed);

    [Fact]
    public async Task They_have_the_same_services()
    {
        foreach (var (way, services) in await AllAsync())
        {
            Assert.True(Programs.Keys.Order().SequenceEqual(services.Keys.Order()), $"{way}: {List(services.Keys)}");
        }
    }

    [Fact]
    public async Task They_tell_a_service_the_addresses_of_the_same_others()
    {
        var all = await AllAsync();
        foreach (var service in Programs.Keys)
        {
            Assert.Single(all.Values.Select(services => List(services[service].Callees)).Distinct());
        }
    }

    [Fact]
    public async Task An_address_is_a_port_that_the_other_listens_on()
    {
        var compose = Deployments.OfCompose();
        var chart = await Deployments.OfChartAsync(ReadmeNames);
        foreach (var service in Programs.Keys)
        {
            Assert.Equal(
                compose[service].Ports.OrderBy(port => port.Key),
                chart[service].Ports.OrderBy(port => port.Key)
            );
            Assert.Contains("http", compose[service].Ports);
            foreach (var (call, address) in compose[service].Calls)
            {
                var (callee, endpoint) = (call.Split('.')[0], call.Split('.')[1]);
                Assert.Equal($"http://{callee}:{compose[callee].Ports[endpoint]}", address);
                Assert.Equal($"http://datagen-{callee}:{chart[callee].Ports[endpoint]}", chart[service].Calls[call]);
            }
        }
    }

    [Fact]
    public async Task They_take_the_same_settings()
    {
        var all = await AllAsync();
        foreach (var service in Programs.Keys)
        {
            Assert.Single(all.Values.Select(services => List(services[service].Settings.Except(Fixed))).Distinct());
        }
    }

    [Fact]
    public async Task Every_setting_of_the_README_reaches_a_service_in_each_of_them()
    {
        foreach (var (way, services) in await AllAsync())
        {
            var missing = ReadmeNames.Except(services.Values.SelectMany(service => service.Settings));
            Assert.True(!missing.Any(), $"{way}: {List(missing)}");
        }
    }

    [Fact]
    public async Task Every_setting_of_the_README_reaches_every_service_that_binds_it()
    {
        foreach (var (way, services) in await AllAsync())
        {
            foreach (var (service, program) in Programs)
            {
                var missing = KnownSettings.Of(program).Intersect(ReadmeNames).Except(services[service].Settings);
                Assert.True(!missing.Any(), $"{way}, {service}: {List(missing)}");
            }
        }
    }

    [Fact]
    public async Task Every_setting_is_one_that_the_code_of_the_service_knows()
    {
        foreach (var (way, services) in await AllAsync())
        {
            foreach (var (service, program) in Programs)
            {
                var known = WithLibraries(program).SelectMany(KnownSettings.Of).Append(Collector);
                var unknown = services[service].Settings.Except(known);
                Assert.True(!unknown.Any(), $"{way}, {service}: {List(unknown)}");
            }
        }
    }

    [Fact]
    public async Task The_values_of_the_chart_list_the_settings_of_the_README_and_its_schema_does()
    {
        var values = new DeserializerBuilder()
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<Dictionary<string, object>>(await ReadAsync("values.yaml"));
        var settings = ((Dictionary<object, object>)values["settings"]).Keys.Cast<string>();
        Assert.Equal(List(ReadmeNames), List(settings));

        using var schema = System.Text.Json.JsonDocument.Parse(await ReadAsync("values.schema.json"));
        var root = schema.RootElement;
        var described = root.GetProperty("properties").GetProperty("settings").GetProperty("properties");
        Assert.Equal(List(ReadmeNames), List(described.EnumerateObject().Select(setting => setting.Name)));
        var secrets = root.GetProperty("definitions").GetProperty("settingName").GetProperty("enum");
        Assert.Equal(List(ReadmeNames), List(secrets.EnumerateArray().Select(name => name.GetString()!)));
    }

    private async Task<Dictionary<string, Dictionary<string, DeployedService>>> AllAsync() =>
        new()
        {
            ["manifest"] = Deployments.Of(manifest),
            ["compose"] = Deployments.OfCompose(),
            ["chart"] = await Deployments.OfChartAsync(ReadmeNames),
        };

    private static IEnumerable<Assembly> WithLibraries(Assembly program) =>
        program
            .GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("DataGen.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(program);

    private static string List(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(Path.Combine(Helm.Chart, file), TestContext.Current.CancellationToken);
}
