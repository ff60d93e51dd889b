using System.Runtime.InteropServices;
using DataGen.ServiceDefaults;
using DataGen.ServiceDefaults.Hosting;

namespace DataGen.Standalone;

/// <summary>All of DataGen in one process, for small installations, edge nodes and the all-in-one container.</summary>
internal static class Program
{
    /// <summary>077 in octal.</summary>
    private const uint OthersMayNothing = 0x3F;

    private static async Task<int> Main(string[] args)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The files hold users and records, so no other user of this machine may read them.
            _ = SetFileModeMask(OthersMayNothing);
        }

        using var shutdown = new ShutdownSignal();
        return await ServiceRunner.GuardAsync(() => RunAsync(args, shutdown));
    }

    [DllImport("libc", EntryPoint = "umask"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetFileModeMask(uint mask);

    private static async Task<int> RunAsync(string[] args, ShutdownSignal shutdown)
    {
        using var deadline = new StopDeadline();
        deadline.StartOn(ServiceDefaultsExtensions.ShutdownTimeout, shutdown.Token);
        try
        {
            using var settings = StandaloneSettings.Read(args);
            await using var host = new StandaloneHost(settings);
            await host.StartAsync(shutdown.Token);
            if (await Task.WhenAny(shutdown.WaitAsync(), host.ServiceDied) == host.ServiceDied)
            {
                deadline.Start(ServiceDefaultsExtensions.ShutdownTimeout);
                await Console.Error.WriteLineAsync(
                    "A service has stopped by itself; what it said is above. DataGen ends."
                );
                return 1;
            }

            return 0;
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            return 0;
        }
    }
}
