using System.Diagnostics;
using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>A process of the benchmark on one processor, where Linux's <c>taskset</c> is there; it ends with this.</summary>
internal sealed class BenchProcess : IDisposable
{
    private readonly Process process;

    /// <param name="processor">Which processor.</param>
    /// <param name="dll">What <c>dotnet</c> runs.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="environment">What is in its environment beside ours.</param>
    public BenchProcess(
        int processor,
        string dll,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var isPinned = File.Exists("/usr/bin/taskset") && Environment.ProcessorCount > 1;
        string[] pinned = isPinned
            ? ["-c", (processor % Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture), "dotnet"]
            : [];
        var start = new ProcessStartInfo(isPinned ? "taskset" : "dotnet", [.. pinned, dll, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
    }

    /// <summary>The most memory it has had, in MiB.</summary>
    public int PeakMemory =>
        int.Parse(
            File.ReadLines($"/proc/{process.Id}/status")
                .First(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        ) / 1024;

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The next line of its output.</summary>
    public async Task<string> ReadAsync() =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process has ended.");

    /// <summary>A line for its input.</summary>
    public async Task WriteAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
