using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DataGen.ServiceDefaults.Hosting;

/// <summary>Runs a service's <c>Main</c>. A bad or missing setting ends it with one line on standard error instead of a
/// stack trace.</summary>
public static class ServiceRunner
{
    /// <summary>The exit code for a bad or missing setting (EX_CONFIG of sysexits.h).</summary>
    public const int BadSettingExitCode = 78;

    /// <summary>Builds and runs the service until it is told to stop.</summary>
    /// <returns>0 after a clean stop, <see cref="BadSettingExitCode"/> when a setting stopped the start.</returns>
    public static Task<int> RunAsync(Func<WebApplication> build) =>
        GuardAsync(async () =>
        {
            using var deadline = new StopDeadline();
            await using var app = build();
            CheckSettings(app);
            ListenCheck.Run(app);
            deadline.StartOn(
                app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout,
                app.Lifetime.ApplicationStopping
            );
            await RunAsync(app);
            return 0;
        });

    /// <summary>Validates every setting of a host before its start. The start would do this too, but would log a
    /// failure with a stack trace.</summary>
    public static void CheckSettings(IHost host) => host.Services.GetService<IStartupValidator>()?.Validate();

    /// <summary>Runs <paramref name="run"/>. A setting that stops it is reported in one line on standard
    /// error.</summary>
    /// <returns>The result of <paramref name="run"/>, or <see cref="BadSettingExitCode"/>.</returns>
    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            // The address was taken after ListenCheck had tested it.
            await Console.Error.WriteLineAsync(exception.Message);
        }
        catch (AggregateException exception)
            when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // Settings of several parts are wrong.
            await Console.Error.WriteLineAsync(
                string.Join("; ", exception.InnerExceptions.Select(inner => inner.Message))
            );
        }

        return BadSettingExitCode;
    }

    private static async Task RunAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The service was told to stop before it was up. The part that asked for this gives its reason when it is
            // stopped.
            await app.StopAsync();
            return;
        }

        await app.WaitForShutdownAsync();
    }
}
