using System.Diagnostics;
using System.Text;
using DataGen.Tests.Support;

namespace DataGen.Tests.Embedded;

/// <summary>The embedded host as a user starts it: a process of its own, on a free port, with a data folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private HostProcess(Process process, Uri origin)
    {
        this.process = process;
        Origin = origin;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Origin { get; }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has printed.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Starts it without waiting for it to be up.</summary>
    public static HostProcess Launch(string dataFolder, params (string Name, string? Value)[] settings)
    {
        var port = FreePort.Find();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory, "..", "..", "..", "..", "DataGen.AppHost", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "DataGen.AppHost.dll")));
        start.Environment["DATAGEN_APP_HOST"] = "127.0.0.1";
        start.Environment["DATAGEN_APP_PORT"] = $"{port}";
        start.Environment["DATAGEN_DATA_DIR"] = dataFolder;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>Starts it and waits for its greeting.</summary>
    public static async Task<HostProcess> StartAsync(string dataFolder, CancellationToken cancellationToken, params (string Name, string? Value)[] settings)
    {
        var host = Launch(dataFolder, settings);
        await Eventually.TrueAsync(() => host.Output.Contains("Ctrl-C stops it", StringComparison.Ordinal) || host.HasExited, seconds: 60);
        Assert.False(host.HasExited, host.Output);
        return host;
    }

    /// <summary>The password it printed.</summary>
    public string NewPassword() => Output.Split('\n').Single(line => line.Contains("password:", StringComparison.Ordinal)).Split(':')[1].Trim().Split(' ')[0];

    /// <summary>Waits until it has ended by itself and all it printed has been read.</summary>
    public async Task ExitAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Ctrl-C; returns how long it took to end.</summary>
    public async Task<TimeSpan> InterruptAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(cancellationToken);
        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Append(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
