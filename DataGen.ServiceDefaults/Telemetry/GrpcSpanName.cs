using System.Diagnostics;
using OpenTelemetry;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>Names the span of an outgoing gRPC call by its method, for example <c>datagen.v1.Tasks/Create</c>, because
/// the client gives every call the same name.</summary>
internal sealed class GrpcSpanName : BaseProcessor<Activity>
{
    /// <summary>The gRPC client's source. Its span connects the incoming request with the outgoing HTTP request:
    /// without it a trace would be cut at every call.</summary>
    public const string Source = "Grpc.Net.Client";

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == Source && data.GetTagItem("grpc.method") is string method)
        {
            data.DisplayName = method.TrimStart('/');
        }
    }
}
