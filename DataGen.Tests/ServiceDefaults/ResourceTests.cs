using DataGen.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>As what a process is known in telemetry.</summary>
public sealed class ResourceTests
{
    [Fact]
    public void A_process_has_the_name_of_its_program_and_an_id_of_its_own()
    {
        var resource = Resource([]);
        Assert.Equal("DataGen.Runner", resource["service.name"]);
        Assert.True(Guid.TryParse((string)resource["service.instance.id"], out _));
    }

    [Fact]
    public void What_the_environment_says_goes_before_it()
    {
        var resource = Resource(
            new() { ["OTEL_SERVICE_NAME"] = "runner", ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=runner-1" }
        );
        Assert.Equal(("runner", "runner-1"), (resource["service.name"], resource["service.instance.id"]));
    }

    private static Dictionary<string, object> Resource(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "DataGen.Runner" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddTelemetry();
        using var host = builder.Build();
        return host.Services.GetRequiredService<MeterProvider>().GetResource().Attributes.ToDictionary();
    }
}
