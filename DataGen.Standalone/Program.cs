using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Standalone;

/// <summary>Everything on one machine in one process, for where Aspire's packages cannot be had.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var shutdown = new ShutdownSignal();
        try
        {
            await using var host = new StandaloneHost(StandaloneSettings.Read(args));
            await host.StartAsync(shutdown.Token);
            if (await Task.WhenAny(shutdown.WaitAsync(), host.ServiceDied) == host.ServiceDied)
            {
                await Console.Error.WriteLineAsync(
                    "A service has stopped by itself; what it said is above. DataGen ends."
                );
                return 1;
            }

            return 0;
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ServiceRunner.BadSettingExitCode;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", exception.Failures));
            return ServiceRunner.BadSettingExitCode;
        }
        catch (OperationCanceledException) when (shutdown.Token.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException exception)
        {
            // Most often: the port is taken.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
