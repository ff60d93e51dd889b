namespace DataGen.Tests.Deploy;

/// <summary>The chart with everything on that can be, rendered once for all tests.</summary>
public sealed class ChartFixture : IAsyncLifetime
{
    internal const string Everything = """
        settings: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4317", R1EN_R1FS_API_URL: "http://node" }
        ingress: { enabled: true, host: datagen.example.com, className: nginx, tlsSecret: certificate }
        runner: { autoscaling: { enabled: true } }
        networkPolicy:
          outside:
            redis: { ports: [1] }
            cstore: { ports: [2] }
            r1fs: { ports: [3] }
            inference: { ports: [4] }
            telemetry: { ports: [5] }
        """;

    internal RenderedChart Rendered { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rendered = await RenderedChart.Of(Helm.Least, Everything);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
