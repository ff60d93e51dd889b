using System.Globalization;
using System.Net;
using System.Text;
using DataGen.Tests.Support;

namespace DataGen.Tests.Standalone;

/// <summary>Another user of the machine reaches every port of the process, the stand-in's among them.</summary>
public sealed class MockPortTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_that_reaches_the_ports_reads_no_user_and_makes_no_administrator()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Which ports a process has open is read from /proc.");
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path, Cancelled);
        var answers = new List<HttpStatusCode>();
        foreach (var port in PortsOf(host.ProcessId))
        {
            // The Gateway sends a stranger to its sign-in page, which is no answer.
            using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
            {
                BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            };
            try
            {
                using var read = await http.GetAsync("/hgetall?hkey=auth%3Adefault", Cancelled);
                using var written = await http.PostAsync(
                    "/hset",
                    new StringContent(
                        """{"hkey":"auth:default","key":"eve","value":"{}","chainstore_peers":[]}""",
                        Encoding.UTF8,
                        "application/json"
                    ),
                    Cancelled
                );
                answers.Add(read.StatusCode);
                answers.Add(written.StatusCode);
            }
            catch (HttpRequestException)
            {
                // A port that speaks gRPC alone, or Orleans.
            }
        }

        Assert.Contains(HttpStatusCode.Unauthorized, answers);
        Assert.DoesNotContain(HttpStatusCode.OK, answers);
        using var api = await ApiClient.SignInAsync(host.Origin, "admin", host.NewPassword(), Cancelled);
        await api.EndAsync(await api.CreateAsync("A plant: name, height", 3, Cancelled), Cancelled);
    }

    //   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode
    //    0: 0100007F:A1B3 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 12345 …
    private static int[] PortsOf(int process)
    {
        var sockets = Directory
            .EnumerateFileSystemEntries($"/proc/{process}/fd")
            .Select(entry => new FileInfo(entry).LinkTarget)
            .ToHashSet();
        return File.ReadLines($"/proc/{process}/net/tcp")
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == "0A" && sockets.Contains($"socket:[{columns[9]}]"))
            .Select(columns =>
                int.Parse(columns[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            )
            .ToArray();
    }
}
