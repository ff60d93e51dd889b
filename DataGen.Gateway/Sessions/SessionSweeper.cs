using System.Threading.Channels;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.Sessions;

/// <summary>Removes a user's expired sessions after each sign-in, without making the user wait for it.</summary>
internal sealed partial class SessionSweeper(SessionStore sessions, ILogger<SessionSweeper> logger) : BackgroundService
{
    private readonly Channel<string> users = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Asks for a sweep. When too many wait, this one is skipped until the user's next sign-in.</summary>
    public void Enqueue(string username) => users.Writer.TryWrite(username);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var username in users.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await sessions.SweepAsync(username, stoppingToken);
            }
            catch (CStoreException exception)
            {
                Log.Failed(logger, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Expired sessions were not swept: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
