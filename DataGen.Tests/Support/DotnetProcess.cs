using System.Diagnostics;
using System.Globalization;

namespace DataGen.Tests.Support;

/// <summary>One of our programs as a process of its own, started from its project's build output. What it prints is
/// kept; it does not outlive the tests.</summary>
internal sealed class DotnetProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<(string Line, bool IsError)> printed = [];

    private DotnetProcess(Process process)
    {
        this.process = process;
        AppDomain.CurrentDomain.ProcessExit += KillWithTests;
        process.OutputDataReceived += (_, line) => Append(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Append(line.Data, isError: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Everything it has printed.</summary>
    public string Output => Printed(_ => true);

    /// <summary>What it has printed to standard output.</summary>
    public string StandardOutput => Printed(isError => !isError);

    /// <summary>What it has printed to standard error.</summary>
    public string StandardError => Printed(isError => isError);

    /// <summary>The most memory it has had so far, in MiB, as Linux counts it; null elsewhere.</summary>
    public int? PeakMemoryMiB
    {
        get
        {
            var path = $"/proc/{process.Id}/status";
            return
                !HasExited
                && File.Exists(path)
                && File.ReadLines(path).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    is { } line
                ? int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
                    / 1024
                : null;
        }
    }

    /// <summary>The root of the repository: .../DataGen.Tests/bin/Debug/net10.0 lies in it.</summary>
    public static string Root { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    /// <summary>Starts a project's program without waiting for it to be up.</summary>
    public static DotnetProcess Start(
        string project,
        string workingDirectory,
        IEnumerable<(string Name, string? Value)> settings,
        params ReadOnlySpan<string> arguments
    ) => StartAssembly(AssemblyOf(project), workingDirectory, settings, arguments);

    /// <summary>Where a project is built to, in the configuration of the tests.</summary>
    public static string AssemblyOf(string project) => AssemblyOf(project, Root);

    /// <summary>Where a project of another checkout is built to.</summary>
    public static string AssemblyOf(string project, string root)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(root, project, "bin", ours.Parent!.Name, ours.Name, $"{project}.dll");
    }

    /// <summary>Starts a program that lies elsewhere, such as a published one.</summary>
    public static DotnetProcess StartAssembly(
        string assembly,
        string workingDirectory,
        IEnumerable<(string Name, string? Value)> settings,
        params ReadOnlySpan<string> arguments
    )
    {
        var dotnet =
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" ? path : "dotnet";

        // A shell starts its background jobs with SIGINT ignored, and children inherit that: a program started below
        // such tests would never see Ctrl-C. GNU env gives the signal its default action back and becomes the program.
        string[] command = OperatingSystem.IsLinux()
            ? ["env", "--default-signal=INT", dotnet, assembly, .. arguments]
            : [dotnet, assembly, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory,
        };

        // A process of a test lives for seconds: what the runtime would do for a long life costs more than it brings.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new DotnetProcess(
            Process.Start(start) ?? throw new InvalidOperationException($"{assembly} did not start.")
        );
    }

    /// <summary>Waits until it has printed something, or has ended.</summary>
    public Task PrintedAsync(Func<string, bool> condition) =>
        Eventually.TrueAsync(() => condition(Output) || HasExited);

    /// <summary>Waits until it has ended by itself and all it printed has been read.</summary>
    public async Task ExitAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends a signal such as <c>TERM</c> and waits for the end; returns how long it took, without the time in
    /// which the machine was busy.</summary>
    public async Task<TimeSpan> SignalAsync(string signal, CancellationToken cancellationToken)
    {
        var watch = new UncontendedStopwatch();
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await ExitAsync(cancellationToken);
        return watch.Uncontended;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        AppDomain.CurrentDomain.ProcessExit -= KillWithTests;
        process.Dispose();
    }

    private void KillWithTests(object? sender, EventArgs e) => process.Kill();

    private void Append(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        lock (printed)
        {
            printed.Add((line, isError));
        }
    }

    private string Printed(Func<bool, bool> wanted)
    {
        lock (printed)
        {
            return string.Concat(printed.Where(each => wanted(each.IsError)).Select(each => $"{each.Line}\n"));
        }
    }
}
