using DataGen.Mock.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace DataGen.Mock;

/// <summary>Says once where the mock listens and where it keeps its data.</summary>
internal sealed partial class StartupLine(
    IServer server,
    IHostApplicationLifetime lifetime,
    DataFolder folder,
    ILogger<StartupLine> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
            Log.Listening(logger, addresses, folder.IsTemporary ? $"{folder.Path} until it ends" : folder.Path);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The mock listens on {Addresses} and keeps its data in {DataFolder}.")]
        public static partial void Listening(ILogger logger, string addresses, string dataFolder);
    }
}
