using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using DataGen.Mock.Faults;
using DataGen.Mock.Hosting;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Mock;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("MOCK_INFERENCE_LATENCY_MS", "slow")]
    [InlineData("MOCK_INFERENCE_ERROR_RATE", "1.5")]
    [InlineData("MOCK_INFERENCE_ERROR_STATUS", "418")]
    [InlineData("MOCK_CSTORE_BARE", "perhaps")]
    [InlineData("MOCK_CSTORE_FALSE_KETP", "1")]
    [InlineData("MOCK_SEED", "abc")]
    [InlineData("MOCK_DATA_DIR", "/proc/none/here")]
    [InlineData("DATAGEN_DATA_DIR", "/proc/none/here")]
    public void A_bad_setting_stops_the_start_and_is_named(string name, string value)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => RunningMock.Build(null, (name, value)));
        Assert.StartsWith($"{name}: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public async Task The_process_ends_with_78_and_one_line()
    {
        var (exitCode, output, error) = await MockProcess.RunToEndAsync(("MOCK_INFERENCE_LATENCY_MS", "slow"));
        Assert.Equal(
            (78, "", "MOCK_INFERENCE_LATENCY_MS: 'slow' is not a number from 0 to 3600000."),
            (exitCode, output, error.TrimEnd())
        );
    }

    [Fact]
    public async Task A_taken_port_ends_it_like_a_bad_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.Equal(
            MockRunner.BadSettingExitCode,
            await MockRunner.RunAsync(() =>
                RunningMock.Build(null, ("Kestrel:Endpoints:http:Url", $"http://{other.LocalEndpoint}"))
            )
        );
    }

    [Fact]
    public async Task The_readme_lists_every_switch_with_its_setting()
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(Root(), "DataGen.Mock", "README.md"),
            TestContext.Current.CancellationToken
        );
        Assert.All(
            new MockFaults(TimeProvider.System).All,
            fault =>
                Assert.Contains(
                    $"| `{fault.SettingName}` | `{fault.Section}.{fault.Name}` |",
                    readme,
                    StringComparison.Ordinal
                )
        );
    }

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
