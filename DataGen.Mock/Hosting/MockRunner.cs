using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace DataGen.Mock.Hosting;

/// <summary>Runs the mock's <c>Main</c>: a bad setting ends it with one line on standard error instead of a stack
/// trace.</summary>
internal static class MockRunner
{
    /// <summary>The exit code for a bad setting (EX_CONFIG of sysexits.h).</summary>
    public const int BadSettingExitCode = 78;

    /// <summary>Builds and runs the mock until it is told to stop.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join("; ", exception.Failures));
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }

        return BadSettingExitCode;
    }
}
