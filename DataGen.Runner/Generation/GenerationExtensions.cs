using DataGen.Runner.Inference;
using DataGen.Runner.Pacing;
using DataGen.Runner.Telemetry;

namespace DataGen.Runner.Generation;

/// <summary>Registers the making of records.</summary>
internal static class GenerationExtensions
{
    /// <summary>Adds the services that make records and pace the calls.</summary>
    public static IHostApplicationBuilder AddGeneration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new EndpointPacer(
            services.GetRequiredService<InferenceSettings>().MaxConcurrency,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<EndpointPacer>>()
        ));
        builder.Services.AddSingleton<RunnerMetrics>();
        builder.Services.AddSingleton<RetryPolicy>();
        builder.Services.AddSingleton<RecordGenerator>();
        builder.Services.AddSingleton<DefinitionDraft>();
        return builder;
    }
}
