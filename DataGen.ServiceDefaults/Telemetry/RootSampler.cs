using System.Diagnostics;
using OpenTelemetry.Trace;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>
/// Decides which traces begin: those of incoming requests, and those that link to the trace that they were split off
/// from. A background service's own call begins no trace, nor does a grain's span for a call whose caller is not
/// recorded.
/// </summary>
internal sealed class RootSampler : Sampler
{
    // ASP.NET Core's name for the activity of a request.
    private const string IncomingRequest = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(
            samplingParameters.Name == IncomingRequest || HasRecordedLink(samplingParameters.Links)
                ? SamplingDecision.RecordAndSample
                : SamplingDecision.Drop
        );

    private static bool HasRecordedLink(IEnumerable<ActivityLink>? links) =>
        links?.Any(link => link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)) == true;
}
