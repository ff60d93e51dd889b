using System.Security.Cryptography;
using System.Text;
using DataGen.Tests.Support;

namespace DataGen.Tests.Aspire;

/// <summary>The app host as a developer starts it: what the console says, and what is left when it ends.</summary>
public sealed class AppHostProcessTests
{
    // Seconds: a start is eight processes, and a busy machine takes its time.
    private const int Patience = 300;

    // Every process below the app host has it in its environment.
    private readonly string mark = RandomNumberGenerator.GetHexString(48);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bad_setting_of_a_service_ends_the_run_with_the_line_that_names_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are found by /proc");
        using var folder = new TemporaryFolder();
        await using var host = Start(folder, ("DATAGEN_MAX_CONCURRENCY", "0"));
        await Eventually.TrueAsync(() => host.HasExited, "the app host ends", Patience);
        await host.ExitAsync(Cancelled);

        Assert.Equal(78, host.ExitCode);
        Assert.StartsWith(
            "runner did not start (exit code 78): DATAGEN_MAX_CONCURRENCY: ",
            host.StandardError.Trim(),
            StringComparison.Ordinal
        );
        await Eventually.TrueAsync(() => Left().Length == 0);
    }

    [Fact]
    public async Task SIGTERM_leaves_no_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are found by /proc");
        using var folder = new TemporaryFolder();
        await using var host = Start(folder);
        await Eventually.TrueAsync(
            () => host.HasExited || host.Output.Contains("DataGen is up", StringComparison.Ordinal),
            "the app host is up",
            Patience
        );
        Assert.False(host.HasExited, host.Output);
        Assert.True(Left().Length >= 6, string.Join(' ', Left()));

        await host.SignalAsync("TERM", Cancelled);
        Assert.Equal(0, host.ExitCode);
        await Eventually.TrueAsync(() => Left().Length == 0);
    }

    private DotnetProcess Start(TemporaryFolder folder, params (string Name, string? Value)[] settings) =>
        DotnetProcess.Start(
            "DataGen.AppHost",
            Path.Combine(DotnetProcess.Root, "DataGen.AppHost"),
            [
                ("DOTNET_ENVIRONMENT", "Development"),
                ("ASPIRE_ALLOW_UNSECURED_TRANSPORT", "true"),
                ("ASPNETCORE_URLS", $"http://127.0.0.1:{FreePort.Find()}"),
                ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"http://127.0.0.1:{FreePort.Find()}"),
                ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"http://127.0.0.1:{FreePort.Find()}"),
                ("DATAGEN_APP_PORT", $"{FreePort.Find()}"),
                ("DATAGEN_DATA_DIR", folder.Path),
                ("DATAGEN_SESSION_SECRET", mark),
                ("R1EN_CSTORE_AUTH_SECRET", mark),
                ("R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD", mark),
                .. settings,
            ]
        );

    private string[] Left() =>
        [
            .. Directory
                .GetDirectories("/proc")
                .Where(path => Path.GetFileName(path).All(char.IsAsciiDigit) && IsOurs(path)),
        ];

    private bool IsOurs(string process)
    {
        try
        {
            return Encoding
                .UTF8.GetString(File.ReadAllBytes($"{process}/environ"))
                .Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return false;
        }
    }
}
