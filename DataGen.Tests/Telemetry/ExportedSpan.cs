using Google.Protobuf;
using OpenTelemetry.Proto.Trace.V1;

namespace DataGen.Tests.Telemetry;

/// <summary>A span as a service has exported it.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Source">Which library made it.</param>
internal sealed record ExportedSpan(string Service, string Source, Span Span)
{
    public ByteString Trace => Span.TraceId;

    public bool IsRoot => Span.ParentSpanId.IsEmpty;

    /// <summary>A call to the model.</summary>
    public bool IsChat => Source == "DataGen.Inference";

    public string Attribute(string key) => Exported.Value(Span.Attributes, key);

    public override string ToString() => $"{Service}: {Span.Name}";
}
