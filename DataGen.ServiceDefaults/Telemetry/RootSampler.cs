using System.Diagnostics;
using OpenTelemetry.Trace;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>
/// Decides which traces begin: those of requests that come in, and those that link to the trace they were split off
/// from. A call that a background service makes on its own account begins none.
/// </summary>
internal sealed class RootSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(
            samplingParameters.Kind == ActivityKind.Server || HasRecordedLink(samplingParameters.Links)
                ? SamplingDecision.RecordAndSample
                : SamplingDecision.Drop
        );

    private static bool HasRecordedLink(IEnumerable<ActivityLink>? links) =>
        links?.Any(link => link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)) == true;
}
