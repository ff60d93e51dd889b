using DataGen.AppHost;
using Microsoft.Extensions.Configuration;

namespace DataGen.Tests.Aspire;

/// <summary>The settings that the app host itself reads.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData(null, "localhost")]
    [InlineData(" ", "localhost")]
    [InlineData(" LocalHost ", "localhost")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("[::1]", "::1")]
    [InlineData("*", "*")]
    public void The_host_is_localhost_an_address_or_all_addresses(string? given, string expected) =>
        Assert.Equal(expected, Read("DATAGEN_APP_HOST", given).PublicHost());

    [Theory]
    [InlineData(null, 5080)]
    [InlineData(" ", 5080)]
    [InlineData(" 5081 ", 5081)]
    [InlineData("65535", 65535)]
    public void A_blank_port_is_the_default(string? given, int expected)
    {
        var configuration = Read("DATAGEN_APP_PORT", given);
        Assert.Equal(expected, configuration.PublicPort());
        Assert.Null(configuration.FindBadSetting());
    }

    [Theory]
    [InlineData("DATAGEN_APP_HOST", "nonexistent.invalid")]
    [InlineData("DATAGEN_APP_HOST", "a host")]
    [InlineData("DATAGEN_APP_HOST", "0")]
    [InlineData("DATAGEN_APP_PORT", "http")]
    [InlineData("DATAGEN_APP_PORT", "0")]
    [InlineData("DATAGEN_APP_PORT", "65536")]
    [InlineData("UseContainers", "yes")]
    public void A_setting_that_cannot_be_used_is_named_in_one_line(string name, string value)
    {
        var problem = Read(name, value).FindBadSetting() ?? "";
        Assert.StartsWith($"{name}: '{value}' ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    private static IConfiguration Read(string name, string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
