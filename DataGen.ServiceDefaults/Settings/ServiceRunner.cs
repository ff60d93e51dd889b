using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Settings;

/// <summary>Runs a service's <c>Main</c>: a bad or missing setting ends it with one line on standard error instead of a stack trace.</summary>
public static class ServiceRunner
{
    /// <summary>The exit code for a bad or missing setting (EX_CONFIG of sysexits.h).</summary>
    public const int BadSettingExitCode = 78;

    /// <summary>Builds and runs the service until it is told to stop.</summary>
    /// <returns>0 after a clean stop, <see cref="BadSettingExitCode"/> when a setting stopped the start.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (SettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadSettingExitCode;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", exception.Failures));
            return BadSettingExitCode;
        }
    }
}
