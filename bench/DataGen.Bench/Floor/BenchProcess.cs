using System.Diagnostics;
using System.Globalization;

namespace DataGen.Bench.Floor;

/// <summary>A process of the benchmark; it ends with this.</summary>
internal sealed class BenchProcess : IDisposable
{
    private readonly Process process;

    /// <param name="processor">On which processor, where Linux's <c>taskset</c> is there; null: on any.</param>
    /// <param name="arguments">What <c>dotnet</c> runs, and what that is told.</param>
    /// <param name="environment">What is in its environment beside ours.</param>
    /// <param name="folder">Where it works; null: where we do.</param>
    public BenchProcess(
        int? processor,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null
    )
    {
        var isPinned = processor is not null && File.Exists("/usr/bin/taskset") && Environment.ProcessorCount > 1;
        string[] pinned = isPinned
            ? ["-c", (processor!.Value % Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture), "dotnet"]
            : [];
        var start = new ProcessStartInfo(isPinned ? "taskset" : "dotnet", [.. pinned, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
    }

    /// <summary>Whether it is asked to end, since it has started others, and not killed.</summary>
    public bool EndsByItself { get; init; }

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

    /// <summary>The next line of its output that begins with <paramref name="beginning"/>, without that.</summary>
    public async Task<string> ReadAsync(string beginning = "")
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.TrimStart().StartsWith(beginning, StringComparison.Ordinal))
            {
                return line.TrimStart()[beginning.Length..];
            }
        }

        throw new InvalidOperationException("A process has ended.");
    }

    /// <summary>Reads no more of its output, and does not let it wait for a reader.</summary>
    public void Ignore() => _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

    /// <summary>A line for its input.</summary>
    public async Task WriteAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    public void Dispose()
    {
        if (EndsByItself)
        {
            using var asking = Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture));
            process.WaitForExit(TimeSpan.FromSeconds(30));
        }

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
