using System.Net;
using System.Net.Sockets;
using DataGen.Standalone;
using DataGen.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Standalone;

/// <summary>What keeps the program from starting is one line that names the setting, and exit code 78.</summary>
public sealed class StartFailureTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DATAGEN_MAX_RECORDS_PER_JOB", "many")]
    [InlineData("DATAGEN_MAX_RECORDS_PER_JOB", "0")]
    [InlineData("DATAGEN_SESSION_SECRET", "too-short")]
    [InlineData("DATAGEN_MAX_CONCURRENCY", "0")]
    [InlineData("DATAGEN_INFERENCE_BASE_URL", "ftp://example")]
    [InlineData("EE_CHAINSTORE_API_URL", "http://")]
    [InlineData("DATAGEN_APP_PORT", "70000")]
    [InlineData("DATAGEN_APP_PORT", "http")]
    [InlineData("DATAGEN_APP_HOST", "nonexistent.invalid")]
    [InlineData("DATAGEN_APP_HOST", "192.0.2.1")] // an address of no machine (RFC 5737)
    [InlineData("Kestrel:Endpoints:http", "http://127.0.0.1:1")]
    [InlineData("ASPNETCORE_Kestrel:Endpoints:http", "http://127.0.0.1:1")]
    [InlineData("ConnectionStrings:redis", "localhost,nonsense=1")]
    [InlineData("ConnectionStrings:redis", "127.0.0.1:1,connectTimeout=500")] // nobody answers there
    public async Task A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        using var folder = new TemporaryFolder();
        var problem = await FailAsync(folder, $"--{name}={value}");

        Assert.Contains(name, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("*")]
    public async Task A_port_that_another_program_listens_on_is_named(string host)
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        Assert.StartsWith(
            $"DATAGEN_APP_PORT: port {port} ",
            await FailAsync(folder, $"--DATAGEN_APP_HOST={host}", $"--DATAGEN_APP_PORT={port}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_process_on_the_folder_or_the_port_of_another_or_with_a_bad_setting_ends_with_one_line()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        await using var first = await HostProcess.StartAsync(folder.Path, Cancelled);

        await using var sameFolder = HostProcess.Launch(folder.Path);
        await AssertEndsAsync(sameFolder, "DATAGEN_DATA_DIR: ");
        await using var samePort = HostProcess.Launch(elsewhere.Path, ("DATAGEN_APP_PORT", $"{first.Origin.Port}"));
        await AssertEndsAsync(samePort, $"DATAGEN_APP_PORT: port {first.Origin.Port} ");
        await using var badSetting = HostProcess.Launch(elsewhere.Path, ("DATAGEN_MAX_RECORDS_PER_JOB", "0"));
        await AssertEndsAsync(badSetting, "DATAGEN_MAX_RECORDS_PER_JOB: ");

        await first.KillAsync();
        var settings = new Dictionary<string, string?> { [DataFolder.SettingName] = folder.Path };
        using var next = DataFolder.Open(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        Assert.Equal(folder.Path, next.Path);
    }

    private static async Task<string> FailAsync(TemporaryFolder folder, params string[] arguments)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            using var settings = StandaloneSettings.Read([
                $"--DATAGEN_DATA_DIR={folder.Path}",
                "--DATAGEN_APP_HOST=127.0.0.1",
                $"--DATAGEN_APP_PORT={FreePort.Find()}",
                .. arguments,
            ]);
            await using var host = new StandaloneHost(settings);
            await host.StartAsync(Cancelled);
        });
        return Assert.Single(exception.Failures);
    }

    private static async Task AssertEndsAsync(HostProcess host, string start)
    {
        await host.ExitAsync(Cancelled);
        Assert.StartsWith(start, Assert.Single(host.Output.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(78, host.ExitCode);
    }
}
