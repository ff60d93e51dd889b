using DataGen.Contracts;
using Grpc.Core;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace DataGen.Tests.Tasks;

/// <summary>The figures that operators watch of Tasks.</summary>
public sealed class TelemetryTests : TasksServiceTest
{
    private static readonly Status RunnerIsGone = new(StatusCode.Unavailable, "The Runner is gone.");

    [Fact]
    public async Task A_lost_lease_is_counted_and_the_window_is_empty_at_the_end()
    {
        using var window = new MetricCollector<int>(Host.Meters, "DataGen.Tasks", "datagen.window.records");
        using var leases = new MetricCollector<long>(Host.Meters, "DataGen.Tasks", "datagen.leases.lost");
        Runner.Refuses = _ => Runner.Requests.Count < 3 ? RunnerIsGone : null;

        var ended = await Host.EndAsync((await Host.CreateAsync(20)).Task.Id, Cancelled);

        Assert.Equal(GenerationTaskStatus.Succeeded, ended.Task.Status);
        Assert.Equal(2, leases.GetMeasurementSnapshot().EvaluateAsCounter());
        var changes = window.GetMeasurementSnapshot();
        Assert.Equal(20, changes.Where(change => change.Value > 0).Sum(change => change.Value));
        Assert.Equal(0, changes.EvaluateAsCounter());
    }
}
