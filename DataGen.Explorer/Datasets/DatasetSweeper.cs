using System.Diagnostics.Metrics;
using DataGen.Explorer.Telemetry;

namespace DataGen.Explorer.Datasets;

/// <summary>Gives up datasets that are no longer asked about, and reports how many are kept.</summary>
internal sealed class DatasetSweeper : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private readonly DatasetCache datasets;
    private readonly TimeProvider clock;

    public DatasetSweeper(DatasetCache datasets, IMeterFactory meters, TimeProvider clock)
    {
        (this.datasets, this.clock) = (datasets, clock);
        var meter = meters.Create(ExplorerMetrics.Name);
        meter.CreateObservableGauge(
            "datagen.explorer.datasets",
            () => datasets.Kept.Datasets,
            "{dataset}",
            "Datasets that there is a copy of."
        );
        meter.CreateObservableGauge(
            "datagen.explorer.disk",
            () => datasets.Kept.Bytes,
            "By",
            "What the copies take on disk."
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            datasets.Sweep();
        }
    }
}
