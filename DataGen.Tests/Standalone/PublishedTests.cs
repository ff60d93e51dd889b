using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using DataGen.Tests.Support;

namespace DataGen.Tests.Standalone;

/// <summary>The program as it is shipped: published, and run from its own folder.</summary>
public sealed partial class PublishedTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_it_makes_records_and_its_pages_have_their_styles_and_scripts()
    {
        using var program = new TemporaryFolder();
        using var data = new TemporaryFolder();
        await PublishAsync(program.Path);
        Assert.Empty(Directory.GetFiles(program.Path, "appsettings*"));

        await using var host = await HostProcess.StartPublishedAsync(
            program.Path,
            data.Path,
            Cancelled,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ASPNETCORE_HTTP_PORTS", "8080") // as the images of ASP.NET Core set it
        );
        using var browser = new HttpClient { BaseAddress = host.Origin };
        using var login = await browser.PostAsJsonAsync(
            "/api/auth/login",
            new { username = "admin", password = host.NewPassword() },
            Cancelled
        );
        login.EnsureSuccessStatusCode();
        var assets = Assets()
            .Matches(await browser.GetStringAsync("/", Cancelled))
            .Select(match => match.Groups[1].Value);
        Assert.Equal(["css", "js"], assets.Select(asset => asset.Split('/')[1]).Distinct().Order());
        foreach (var asset in assets)
        {
            Assert.NotEmpty(await browser.GetByteArrayAsync(asset, Cancelled));
        }

        using var api = await ApiClient.SignInAsync(host.Origin, "admin", host.NewPassword(), Cancelled);
        var id = await api.CreateAsync("A customer: full name, age 18-90", 5, Cancelled);
        await api.EndAsync(id, Cancelled);
        var csv = Encoding.UTF8.GetString(await api.DownloadAsync(id, "csv", Cancelled));
        Assert.Equal(1 + 5, csv.Trim().Split('\n').Length);

        await host.TerminateAsync(Cancelled);
        Assert.Equal(0, host.ExitCode);
    }

    private static async Task PublishAsync(string folder)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                Path.Combine(DotnetProcess.Root, "DataGen.Standalone"),
                "--no-build",
                "--configuration",
                ours.Parent!.Name,
                "--output",
                folder,
                "--nologo",
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(Cancelled);
        await publish.WaitForExitAsync(Cancelled);
        Assert.True(publish.ExitCode == 0, output);
    }

    [GeneratedRegex("(?:src|href)=\"(/(?:css|js)/[^\"]+)\"")]
    private static partial Regex Assets();
}
