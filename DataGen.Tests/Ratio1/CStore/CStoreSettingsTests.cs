using DataGen.Ratio1;
using DataGen.Ratio1.CStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Ratio1.CStore;

public sealed class CStoreSettingsTests
{
    [Theory]
    [InlineData(
        "http://h:31234/",
        "EE_CHAINSTORE_API_HOST=h",
        "EE_CHAINSTORE_API_PORT=31234",
        "R1EN_CHAINSTORE_API_URL=http://other"
    )]
    [InlineData("http://h/", "EE_CHAINSTORE_API_HOST=h")]
    [InlineData("http://h:1/", "EE_CHAINSTORE_API_HOST=h:1", "EE_CHAINSTORE_API_PORT=2")]
    [InlineData("http://h:80/", "EE_CHAINSTORE_API_HOST=http://h:80", "EE_CHAINSTORE_API_PORT=2")]
    [InlineData("https://h:2/", "EE_CHAINSTORE_API_HOST=https://h/", "EE_CHAINSTORE_API_PORT=2")]
    [InlineData("https://h:3/base", "EE_CHAINSTORE_API_HOST=https://h:3/base//")]
    [InlineData("http://[::1]:2/", "EE_CHAINSTORE_API_HOST=[::1]", "EE_CHAINSTORE_API_PORT=2")]
    [InlineData("http://[::1]:1/", "EE_CHAINSTORE_API_HOST=[::1]:1", "EE_CHAINSTORE_API_PORT=2")]
    [InlineData(
        "http://new:31234/",
        "EE_CHAINSTORE_API_HOST= ",
        "R1EN_CHAINSTORE_API_URL=http://new:31234/",
        "EE_CHAINSTORE_API_URL=http://old:31234"
    )]
    [InlineData("http://old:31234/", "R1EN_CHAINSTORE_API_URL=", "EE_CHAINSTORE_API_URL=old:31234")]
    public void The_address_follows_the_order_of_the_settings(string address, params string[] settings) =>
        Assert.Equal(new Uri(address), CStoreSettings.OfNode(Configuration(settings)).Address);

    [Theory]
    [InlineData("EE_CHAINSTORE_API_HOST")]
    [InlineData("EE_CHAINSTORE_API_HOST", "EE_CHAINSTORE_API_HOST=", "EE_CHAINSTORE_API_PORT=31234")]
    [InlineData("EE_CHAINSTORE_API_HOST", "EE_CHAINSTORE_API_HOST=ftp://h")]
    [InlineData("EE_CHAINSTORE_API_HOST", "EE_CHAINSTORE_API_HOST=http://h/?x=1")]
    [InlineData("EE_CHAINSTORE_API_PORT", "EE_CHAINSTORE_API_HOST=h", "EE_CHAINSTORE_API_PORT=0")]
    [InlineData("EE_CHAINSTORE_API_PORT", "EE_CHAINSTORE_API_HOST=h", "EE_CHAINSTORE_API_PORT=many")]
    [InlineData("R1EN_CHAINSTORE_API_URL", "R1EN_CHAINSTORE_API_URL=http://")]
    [InlineData("EE_CHAINSTORE_API_URL", "EE_CHAINSTORE_API_URL=not a url")]
    [InlineData("R1EN_CHAINSTORE_PEERS", "EE_CHAINSTORE_API_HOST=h", "R1EN_CHAINSTORE_PEERS=[oops")]
    [InlineData("EE_CHAINSTORE_PEERS", "EE_CHAINSTORE_API_HOST=h", "EE_CHAINSTORE_PEERS=[1]")]
    [InlineData("DATAGEN_NODE_ANSWER_MB", "EE_CHAINSTORE_API_HOST=h", "DATAGEN_NODE_ANSWER_MB=0")]
    [InlineData("DATAGEN_NODE_ANSWER_MB", "EE_CHAINSTORE_API_HOST=h", "DATAGEN_NODE_ANSWER_MB=much")]
    [InlineData("DATAGEN_CSTORE", "EE_CHAINSTORE_API_HOST=h", "DATAGEN_CSTORE=postgres")]
    [InlineData("ConnectionStrings:redis", "DATAGEN_CSTORE=redis")]
    [InlineData("ConnectionStrings:redis", "DATAGEN_CSTORE=redis", "ConnectionStrings:redis=localhost,nonsense=1")]
    public void A_bad_setting_stops_the_start_with_one_line_that_names_it(string name, params string[] settings)
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            new ServiceCollection().AddCStore(Configuration(settings))
        );
        Assert.StartsWith(name + ": ", Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("0xai_A|0xai_B", "R1EN_CHAINSTORE_PEERS=[\"0xai_A\", \"0xai_B\"]", "EE_CHAINSTORE_PEERS=0xai_C")]
    [InlineData("0xai_A|0xai_B", "R1EN_CHAINSTORE_PEERS=", "EE_CHAINSTORE_PEERS= 0xai_A , 0xai_B,")]
    [InlineData("", "R1EN_CHAINSTORE_PEERS=[]", "EE_CHAINSTORE_PEERS=0xai_C")]
    [InlineData("")]
    public void Peers_are_a_JSON_array_or_a_comma_list(string peers, params string[] settings) =>
        Assert.Equal(
            peers,
            string.Join('|', CStoreSettings.OfNode(Configuration(["EE_CHAINSTORE_API_HOST=h", .. settings])).Peers)
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true, "EE_R1FS_API_HOST=h", "EE_R1FS_API_PORT=31235")]
    [InlineData(true, "R1EN_R1FS_API_URL=http://h:31235")]
    [InlineData(true, "EE_R1FS_API_URL=h:31235")]
    [InlineData(false, "EE_R1FS_API_PORT=31235")]
    public void R1FS_is_registered_when_it_is_configured(bool registered, params string[] settings)
    {
        var services = new ServiceCollection();
        Assert.Equal(registered, services.AddR1fs(Configuration(settings)));
        Assert.Equal(registered, services.Any(service => service.ServiceType == typeof(DataGen.Ratio1.R1fs.IR1fs)));
    }

    private static IConfiguration Configuration(string[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings
                    .Select(setting => setting.Split('=', 2))
                    .Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1]))
            )
            .Build();
}
