using DataGen.ServiceDefaults.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DataGen.ServiceDefaults.Telemetry;

/// <summary>OpenTelemetry for every service: logs, metrics and traces, sent by OTLP when
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.</summary>
public static class TelemetryExtensions
{
    /// <summary>
    /// The configuration key by which a host of several services in one process says that it collects traces and
    /// metrics itself. OpenTelemetry's listeners are process-wide, so a second collector would report everything twice.
    /// </summary>
    public const string CollectedByHost = "Telemetry:CollectedByHost";

    /// <summary>Prefix of every activity source and meter of DataGen's own.</summary>
    public const string SourcePrefix = "DataGen.";

    // Orleans' source for calls between grains, which connects the request that creates a task with the work on it.
    private const string GrainCalls = "Microsoft.Orleans.Application";

    /// <summary>Adds logging and, unless the host collects them, tracing and metrics.</summary>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Orleans places grains through Polly, which would log a line for every successful placement.
        builder.Logging.AddFilter("Polly", LogLevel.Warning);

        // The Runner logs a failed or abandoned call in one line of its own, without a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.AI", LogLevel.Error);
        var exports = builder.Configuration.Text("OTEL_EXPORTER_OTLP_ENDPOINT") is not null;
        if (exports)
        {
            builder.Logging.AddOpenTelemetry(logging =>
            {
                logging.IncludeFormattedMessage = true;
                logging.IncludeScopes = true;
            });
        }

        if (builder.Configuration.Text(CollectedByHost) is not null)
        {
            if (exports)
            {
                builder.Services.AddOpenTelemetry().UseOtlpExporter();
            }

            return builder;
        }

        var telemetry = builder
            .Services.AddOpenTelemetry()
            // An id that is made at the start tells replicas apart. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES take
            // precedence over it.
            .ConfigureResource(resource =>
                resource.AddService(builder.Environment.ApplicationName).AddEnvironmentVariableDetector()
            )
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter(SourcePrefix + "*")
            )
            .WithTracing(tracing =>
                tracing
                    .SetSampler(new ParentBasedSampler(new RootSampler()))
                    .AddSource(SourcePrefix + "*", GrainCalls, GrpcSpanName.Source)
                    .AddProcessor(new GrpcSpanName())
                    .AddAspNetCoreInstrumentation(options =>
                        options.Filter = context =>
                            !context.Request.Path.StartsWithSegments("/health")
                            && !context.Request.Path.StartsWithSegments("/alive")
                    )
                    .AddHttpClientInstrumentation(options =>
                        options.EnrichWithHttpRequestMessage = OutgoingSpanName.Set
                    )
            );
        if (exports)
        {
            telemetry.UseOtlpExporter();
        }

        return builder;
    }
}
