using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using DataGen.Gateway.Auth;
using DataGen.ServiceDefaults.Hosting;
using DataGen.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Gateway;

public sealed class BootstrapTests
{
    private static readonly object AdminsCredentials = new { username = "admin", password = FakeUsers.AdminPassword };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_host_learns_that_the_admin_was_created()
    {
        await using var gateway = await GatewayHost.StartAsync();

        Assert.True(await gateway.Services.GetRequiredService<AdminBootstrap>().Completed);
    }

    [Fact]
    public async Task While_the_store_is_away_at_the_start_the_Gateway_is_up_and_answers_503_until_it_comes()
    {
        await using var gateway = await GatewayHost.StartAsync(host => host.Store.IsAway = true);
        var bootstrap = gateway.Services.GetRequiredService<AdminBootstrap>();
        Assert.False(bootstrap.IsReady);
        Assert.Equal(HttpStatusCode.OK, await gateway.Client.GetAsync("/alive", Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await gateway.Client.GetAsync("/health", Ct).StatusAsync());
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            await gateway.Client.PostAsJsonAsync("/api/auth/login", AdminsCredentials, Ct).StatusAsync()
        );

        gateway.Store.IsAway = false;

        Assert.True(await bootstrap.Completed.WaitAsync(TimeSpan.FromSeconds(20), Ct));
        Assert.Equal(HttpStatusCode.OK, await gateway.Client.GetAsync("/health", Ct).StatusAsync());
        Assert.Equal(
            HttpStatusCode.OK,
            await gateway.Client.PostAsJsonAsync("/api/auth/login", AdminsCredentials, Ct).StatusAsync()
        );
    }

    [Fact]
    public async Task Without_an_admin_and_without_a_password_for_one_the_start_ends_and_names_the_setting()
    {
        await using var gateway = new GatewayHost();
        gateway.Users.HasNoBootstrapPassword = true;
        await using var app = gateway.Build();

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Ct));

        Assert.Equal("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", problem.OptionsName);
    }

    [Fact]
    public async Task A_missing_password_found_out_later_ends_the_process_as_other_bad_settings_do()
    {
        await using var gateway = new GatewayHost();
        gateway.Store.IsAway = true;
        gateway.Users.HasNoBootstrapPassword = true;

        var running = ServiceRunner.RunAsync(() => gateway.Build());
        await Eventually.TrueAsync(() =>
            gateway.Logs.GetSnapshot().Any(record => record.Message.Contains("not ready", StringComparison.Ordinal))
        );
        gateway.Store.IsAway = false;

        Assert.Equal(ServiceRunner.BadSettingExitCode, await running.WaitAsync(TimeSpan.FromSeconds(30), Ct));
        Assert.Contains(
            gateway.Logs.GetSnapshot(),
            record => record.Message.Contains("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("DATAGEN_SESSION_SECRET", "short")]
    [InlineData("DATAGEN_SESSION_SECRET", "")]
    public async Task A_bad_secret_ends_the_start_and_names_the_setting(string name, string value)
    {
        await using var gateway = new GatewayHost();
        gateway.Settings[name] = value;
        await using var app = gateway.Build();

        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(Ct));
        Assert.StartsWith($"{name}: ", Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATAGEN_APP_PORT", "http")]
    [InlineData("DATAGEN_APP_PORT", "0")]
    [InlineData("DATAGEN_APP_PORT", "70000")]
    [InlineData("DATAGEN_APP_HOST", "a host")]
    [InlineData("DATAGEN_APP_HOST", "nonexistent.invalid")]
    [InlineData("DATAGEN_APP_HOST", "0")]
    public async Task A_bad_listen_address_ends_the_start_and_names_the_setting(string name, string value)
    {
        await using var gateway = new GatewayHost();
        gateway.Settings.Remove("urls");
        gateway.Settings[name] = value;

        var problem = Assert.Throws<OptionsValidationException>(gateway.Build);
        Assert.Contains(name, Assert.Single(problem.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1", false, "DATAGEN_APP_HOST: nothing can listen on '192.0.2.1'")] // of no machine (RFC 5737)
    [InlineData("127.0.0.1", true, "DATAGEN_APP_PORT: port ")]
    [InlineData("localhost", true, "DATAGEN_APP_PORT: port ")]
    public async Task An_address_that_cannot_be_used_is_named_by_its_setting(string host, bool taken, string problem)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var gateway = new GatewayHost();
        gateway.Settings.Remove("urls");
        gateway.Settings["DATAGEN_APP_HOST"] = host;
        gateway.Settings["DATAGEN_APP_PORT"] = $"{(taken ? ((IPEndPoint)other.LocalEndpoint).Port : FreePort.Find())}";
        await using var app = gateway.Build();

        var exception = Assert.Throws<OptionsValidationException>(() => ListenCheck.Run(app));
        Assert.StartsWith(problem, Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls")]
    [InlineData("Kestrel:Endpoints:http:Url")]
    public async Task A_name_that_would_open_all_addresses_is_refused(string setting)
    {
        await using var gateway = new GatewayHost();
        gateway.Settings.Remove("urls");
        gateway.Settings[setting] = $"http://nonexistent.invalid:{FreePort.Find()}";
        await using var app = gateway.Build();

        var exception = Assert.Throws<OptionsValidationException>(() => ListenCheck.Run(app));
        Assert.StartsWith(
            $"{setting}: 'nonexistent.invalid' is neither",
            Assert.Single(exception.Failures),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory]
    [InlineData(null, null, "http://localhost:5080")]
    [InlineData("0.0.0.0", "6001", "http://0.0.0.0:6001")]
    [InlineData("::1", "6001", "http://[::1]:6001")]
    [InlineData("[::1]", "6001", "http://[::1]:6001")]
    [InlineData("*", null, "http://*:5080")]
    public async Task The_Gateway_listens_where_its_settings_say(string? host, string? port, string expected)
    {
        await using var gateway = new GatewayHost();
        gateway.Settings.Remove("urls");
        gateway.Settings["DATAGEN_APP_HOST"] = host;
        gateway.Settings["DATAGEN_APP_PORT"] = port;
        await using var app = gateway.Build();

        Assert.Equal([expected], app.Urls);
    }
}
