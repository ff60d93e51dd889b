using System.Diagnostics;
using OpenTelemetry;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>Names the span of an outgoing gRPC call by its method, for example <c>datagen.v1.Tasks/Create</c>, where the
/// client gives every call the same name.</summary>
internal sealed class GrpcSpanName : BaseProcessor<Activity>
{
    /// <summary>The gRPC client's source. Its span is between the request that comes in and the HTTP request that goes
    /// out: without it a trace is cut in two at every call.</summary>
    public const string Source = "Grpc.Net.Client";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Source && data.GetTagItem("grpc.method") is string method)
        {
            data.DisplayName = method.TrimStart('/');
        }
    }
}
