using System.Net;
using DataGen.Runner.Pacing;
using DataGen.ServiceDefaults.Settings;
using DataGen.ServiceDefaults.Telemetry;
using Microsoft.Extensions.AI;

namespace DataGen.Runner.Inference;

/// <summary>Registers the inference client.</summary>
internal static class InferenceExtensions
{
    /// <summary>Name of the activity source and the meter of the calls.</summary>
    public const string TelemetryName = TelemetryExtensions.SourcePrefix + "Inference";

    private const string HttpClientName = "inference";

    /// <summary>The most bytes of an answer: it may hold a record of 1 MiB twice, escaped, and some more.</summary>
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>Adds the settings and the <see cref="IChatClient"/> with its telemetry.</summary>
    public static IHostApplicationBuilder AddInference(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<InferenceSettings, InferenceSettings.Validator>();
        builder
            .Services.AddHttpClient(
                HttpClientName,
                http =>
                {
                    // The attempt has its own deadline, on the clock of the service.
                    http.Timeout = Timeout.InfiniteTimeSpan;
                    http.MaxResponseContentBufferSize = MaxAnswerBytes;
                }
            )
            .RemoveAllResilienceHandlers()
            .RemoveAllLoggers()
            // The operator sets the address. Service discovery has nothing to resolve and would run for every call.
            .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
            .UseSocketsHttpHandler(
                (handler, services) =>
                {
                    handler.MaxConnectionsPerServer = EndpointPacer.MostWithReserve(
                        services.GetRequiredService<InferenceSettings>().MaxConcurrency
                    );
                    handler.ConnectTimeout = TimeSpan.FromSeconds(10);
                    handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
                    handler.UseCookies = false;
                    // The key is in the header and the body, so it must not be sent anywhere but to the configured
                    // server.
                    handler.AllowAutoRedirect = false;
                    // MaxAnswerBytes counts the unpacked bytes.
                    handler.AutomaticDecompression = DecompressionMethods.All;
                }
            )
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<ServerWords>();
        builder.Services.AddSingleton<RequestShapes>();
        builder
            .Services.AddChatClient(services => new InferenceChatClient(
                services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName),
                services.GetRequiredService<InferenceSettings>(),
                services.GetRequiredService<ServerWords>(),
                services.GetRequiredService<RequestShapes>(),
                services.GetRequiredService<TimeProvider>()
            ))
            .Use(
                (client, services) =>
                    client
                        .AsBuilder()
                        .UseOpenTelemetry(
                            sourceName: TelemetryName,
                            configure: telemetry =>
                                telemetry.EnableSensitiveData = services
                                    .GetRequiredService<InferenceSettings>()
                                    .CaptureContent
                        )
                        .Build(services)
            );
        return builder;
    }
}
