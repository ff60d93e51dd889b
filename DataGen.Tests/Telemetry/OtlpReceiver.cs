using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace DataGen.Tests.Telemetry;

/// <summary>An OpenTelemetry collector in memory: takes OTLP over gRPC and keeps what came.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<IMessage> received = [];
    private readonly WebApplication app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2)
        );
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(received);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        app = builder.Build();
        app.MapGrpcService<Traces>();
        app.MapGrpcService<Metrics>();
        app.MapGrpcService<Logs>();
    }

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What has come so far.</summary>
    public Exported Exported => new([.. received]);

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var receiver = new OtlpReceiver();
        await receiver.app.StartAsync(cancellationToken);
        receiver.Address = new Uri(receiver.app.Urls.Single());
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Traces(ConcurrentQueue<IMessage> received) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(
            ExportTraceServiceRequest request,
            ServerCallContext context
        )
        {
            received.Enqueue(request);
            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }

    private sealed class Metrics(ConcurrentQueue<IMessage> received) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(
            ExportMetricsServiceRequest request,
            ServerCallContext context
        )
        {
            received.Enqueue(request);
            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }

    private sealed class Logs(ConcurrentQueue<IMessage> received) : LogsService.LogsServiceBase
    {
        public override Task<ExportLogsServiceResponse> Export(
            ExportLogsServiceRequest request,
            ServerCallContext context
        )
        {
            received.Enqueue(request);
            return Task.FromResult(new ExportLogsServiceResponse());
        }
    }
}
