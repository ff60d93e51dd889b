using System.Threading.Channels;
using DataGen.Ratio1.CStore;

namespace DataGen.Gateway.ApiTokens;

/// <summary>Stores when tokens are used, at most once a minute for each, without delaying the request.</summary>
internal sealed partial class ApiTokenUses(ApiTokenStore tokens, TimeProvider clock, ILogger<ApiTokenUses> logger)
    : BackgroundService
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Channel<(string Username, string Id, DateTime Time)> uses = Channel.CreateBounded<(
        string,
        string,
        DateTime
    )>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<(string Username, string Id), DateTime> noted = [];

    /// <summary>Notes that a token was used now.</summary>
    public void Add(string username, string id) => uses.Writer.TryWrite((username, id, clock.GetUtcNow().UtcDateTime));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (username, id, time) in uses.Reader.ReadAllAsync(stoppingToken))
        {
            if (noted.TryGetValue((username, id), out var last) && time - last < Interval)
            {
                continue;
            }

            if (noted.Count >= MostRemembered)
            {
                noted.Clear();
            }

            noted[(username, id)] = time;
            try
            {
                await tokens.NoteUseAsync(username, id, time, stoppingToken);
            }
            catch (CStoreException exception)
            {
                Log.Failed(logger, exception.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The use of an API token was not noted: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
