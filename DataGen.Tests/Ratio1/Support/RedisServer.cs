using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DataGen.Tests.Support;

namespace DataGen.Tests.Ratio1.Support;

/// <summary>A real redis-server on a free loopback port; ended by its process. Without a folder it keeps
/// nothing.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/redis-server",
        "/usr/local/bin/redis-server",
        "/opt/homebrew/bin/redis-server",
    ];

    private Process? process;

    /// <summary>Where the server's program is, or null when it is not installed.</summary>
    public static string? Program => Places.FirstOrDefault(File.Exists);

    /// <summary>Where it keeps every write it has confirmed; null: nowhere.</summary>
    public string? DataFolder { get; init; }

    public int Port { get; private set; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    public async ValueTask InitializeAsync()
    {
        if (Program is not null)
        {
            Port = FreePort.Find();
            await StartAsync();
        }
    }

    /// <summary>Starts the server, again on the same port after <see cref="StopAsync"/>, and waits until it
    /// answers.</summary>
    public async Task StartAsync()
    {
        string[] keeping = DataFolder is { } folder
            ? ["--dir", folder, "--appendonly", "yes", "--appendfsync", "always"]
            : ["--appendonly", "no"];
        process = Process.Start(
            new ProcessStartInfo(
                Program!,
                ["--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", .. keeping]
            )
            {
                RedirectStandardOutput = true,
                WorkingDirectory = Path.GetTempPath(),
            }
        )!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await AnswersAsync(deadline.Token))
        {
            await Task.Delay(20, deadline.Token);
        }
    }

    public async Task StopAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await StopAsync();
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[7];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
