using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Resource.V1;

namespace DataGen.Tests.Telemetry;

/// <summary>What services have exported.</summary>
internal sealed class Exported(IReadOnlyList<IMessage> messages)
{
    /// <summary>Every span.</summary>
    public IReadOnlyList<ExportedSpan> Spans { get; } =
    [
        .. from request in messages.OfType<ExportTraceServiceRequest>()
        from resource in request.ResourceSpans
        from scope in resource.ScopeSpans
        from span in scope.Spans
        select new ExportedSpan(Value(resource.Resource, "service.name"), scope.Scope.Name, span),
    ];

    /// <summary>Everything as text, a line for each export.</summary>
    public IReadOnlyList<string> Lines { get; } = [.. messages.Select(message => message.ToString()!)];

    /// <summary>The last state of a metric in every process that has it.</summary>
    public IReadOnlyList<Metric> Last(string name) =>
        [
            .. from request in messages.OfType<ExportMetricsServiceRequest>()
            from resource in request.ResourceMetrics
            from scope in resource.ScopeMetrics
            from metric in scope.Metrics
            where metric.Name == name
            group metric by Value(resource.Resource, "service.instance.id") into process
            select process.Last(),
        ];

    /// <summary>The value of an attribute; empty where there is none.</summary>
    public static string Value(IEnumerable<KeyValue> attributes, string key) =>
        attributes.FirstOrDefault(attribute => attribute.Key == key)?.Value.StringValue ?? "";

    private static string Value(Resource resource, string key) => Value(resource.Attributes, key);
}
