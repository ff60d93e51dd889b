namespace DataGen.Explorer.Datasets;

/// <summary>Gives up datasets that nobody asks for any more.</summary>
internal sealed class DatasetSweeper(DatasetCache datasets, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            datasets.Sweep();
        }
    }
}
