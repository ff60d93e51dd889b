using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace DataGen.Gateway.Auth;

/// <summary>
/// Creates the administrator at the start when there is none, and makes <c>admin</c> an administrator again when no
/// other is left. It repeats this while CStore cannot be reached; until it succeeds, no user can sign in.
/// </summary>
public sealed partial class AdminBootstrap : IHostedService, IDisposable
{
    private const string PasswordName = "R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How long the start waits for CStore: long enough to report a missing password, short enough that a slow
    /// CStore delays it only a little.</summary>
    private static readonly TimeSpan StartWaits = TimeSpan.FromSeconds(3);

    private readonly IUserStore users;
    private readonly TimeProvider clock;
    private readonly IHostApplicationLifetime lifetime;
    private readonly ILogger<AdminBootstrap> logger;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<bool> completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task running = Task.CompletedTask;

    /// <summary>Called by the container.</summary>
    public AdminBootstrap(
        IUserStore users,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        ILogger<AdminBootstrap> logger
    )
    {
        (this.users, this.clock, this.lifetime, this.logger) = (users, clock, lifetime, logger);
        _ = completed.Task.ContinueWith(
            task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
    }

    /// <summary>
    /// Completes when users can sign in: true when the administrator was created now, so that the host can show the
    /// generated password once. Faults with <see cref="OptionsValidationException"/> when there is no administrator and
    /// no password to create one with; cancelled when the host stops first.
    /// </summary>
    public Task<bool> Completed => completed.Task;

    /// <summary>Whether users can sign in.</summary>
    public bool IsReady => completed.Task.IsCompletedSuccessfully;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        running = RunAsync(stopping.Token);
        await Task.WhenAny(firstAttempt.Task, Task.Delay(StartWaits, clock, cancellationToken));
        if (completed.Task.IsFaulted)
        {
            await completed.Task;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">The missing password was noticed only after the start; the process
    /// still ends as for other bad settings.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running;
        if (completed.Task.IsFaulted)
        {
            await completed.Task;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        for (
            var pause = FirstPause;
            !completed.Task.IsCompleted;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause
        )
        {
            try
            {
                var created = await users.InitializeAsync(cancellationToken);
                if (!await users.RestoreAdministratorAsync(cancellationToken))
                {
                    Log.NoAdministrator(logger, PasswordName);
                }

                Log.Ready(logger, created);
                completed.TrySetResult(created);
            }
            catch (AuthException exception) when (exception.Code == AuthErrorCode.EnvVarMissing)
            {
                var problem = InvalidSetting.Of(
                    PasswordName,
                    "is required: there is no administrator yet, and this is the password to create one with."
                );
                Log.NoPassword(logger, problem.Message);
                completed.TrySetException(problem);
                lifetime.StopApplication();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                completed.TrySetCanceled(cancellationToken);
            }
            catch (Exception exception) when (exception is CStoreException or AuthException)
            {
                Log.NotYet(logger, exception.Message, pause.TotalSeconds);
                firstAttempt.TrySetResult();
                await Task.Delay(pause, clock, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        firstAttempt.TrySetResult();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The user store is ready; administrator created now: {Created}.")]
        public static partial void Ready(ILogger logger, bool created);

        [LoggerMessage(
            LogLevel.Critical,
            "No user is an enabled administrator. Set {Setting} and start again: it makes admin one."
        )]
        public static partial void NoAdministrator(ILogger logger, string setting);

        [LoggerMessage(LogLevel.Critical, "{Problem}")]
        public static partial void NoPassword(ILogger logger, string problem);

        [LoggerMessage(LogLevel.Warning, "The user store is not ready: {Reason} Trying again in {Seconds} s.")]
        public static partial void NotYet(ILogger logger, string reason, double seconds);
    }
}
