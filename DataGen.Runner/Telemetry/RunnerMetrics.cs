using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;
using DataGen.ServiceDefaults.Telemetry;

namespace DataGen.Runner.Telemetry;

/// <summary>The Runner's own metrics.</summary>
internal sealed class RunnerMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = TelemetryExtensions.SourcePrefix + "Runner";

    /// <summary>Makes the Runner's own spans.</summary>
    public static readonly ActivitySource Source = new(MeterName);

    private readonly Counter<long> retries;
    private readonly Counter<long> records;
    private readonly UpDownCounter<int> runs;

    public RunnerMetrics(IMeterFactory meters, EndpointPacer pacer)
    {
        var meter = meters.Create(MeterName);
        retries = meter.CreateCounter<long>(
            "datagen.runner.retries",
            "{attempt}",
            "Attempts that failed and are made again, by datagen.reason."
        );
        records = meter.CreateCounter<long>(
            "datagen.runner.records",
            "{record}",
            "Records that ended, by datagen.outcome."
        );
        runs = meter.CreateUpDownCounter<int>("datagen.runner.runs", "{run}", "Open streams.");
        meter.CreateObservableGauge(
            "datagen.runner.calls.in_flight",
            () => pacer.InFlight,
            "{call}",
            "Inference calls in flight."
        );
        meter.CreateObservableGauge(
            "datagen.runner.calls.limit",
            () => pacer.Limit,
            "{call}",
            "How many inference calls may be in flight now."
        );
        meter.CreateObservableGauge(
            "datagen.runner.waiting",
            () => pacer.WaitingReason.Length == 0 ? 0 : 1,
            description: "1 while no call can be made."
        );
    }

    /// <summary>A run begins (1) or ends (-1).</summary>
    public void Runs(int change) => runs.Add(change);

    /// <summary>An attempt failed and is made again.</summary>
    public void Retried(InferenceFailure failure) =>
        retries.Add(1, new KeyValuePair<string, object?>("datagen.reason", Reason(failure)));

    /// <summary>A record ended, <c>good</c> or <c>failed</c>.</summary>
    public void Ended(string outcome) => records.Add(1, new KeyValuePair<string, object?>("datagen.outcome", outcome));

    private static string Reason(InferenceFailure failure) =>
        failure switch
        {
            InferenceFailure.Unreachable => "unreachable",
            InferenceFailure.TimedOut => "timed_out",
            InferenceFailure.RateLimited => "rate_limited",
            InferenceFailure.Unavailable => "unavailable",
            InferenceFailure.Broken => "broken",
            InferenceFailure.Unusable => "unusable",
            InferenceFailure.Invalid => "invalid",
            _ => "server_error",
        };
}
