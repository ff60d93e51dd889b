using DataGen.Mock.Records;

namespace DataGen.Mock.Inference;

/// <summary>Inference at the root (Ratio1's API) and under <c>/v1</c> (OpenAI's).</summary>
internal static class InferenceExtensions
{
    public static IHostApplicationBuilder AddInference(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RecordGenerator>();
        builder.Services.AddSingleton<CompletionGuard>();
        builder.Services.AddSingleton<CompletionEngine>();
        builder.Services.AddSingleton<AsyncRequests>();
        builder.Services.AddSingleton<NodeInferenceCalls>();
        builder.Services.AddSingleton<OpenAiCalls>();
        builder.Services.AddSingleton<InferenceStatusCalls>();
        return builder;
    }

    public static IEndpointRouteBuilder MapInference(this IEndpointRouteBuilder endpoints)
    {
        var node = endpoints.ServiceProvider.GetRequiredService<NodeInferenceCalls>();
        var openAi = endpoints.ServiceProvider.GetRequiredService<OpenAiCalls>();
        var status = endpoints.ServiceProvider.GetRequiredService<InferenceStatusCalls>();
        endpoints.MapPost("/create_chat_completion", node.CompleteAsync);
        endpoints.MapPost("/predict", node.CompleteAsync);
        endpoints.MapPost(
            "/create_chat_completion_async",
            context => node.CompleteLaterAsync(context, takesRequestId: false)
        );
        endpoints.MapPost("/predict_async", context => node.CompleteLaterAsync(context, takesRequestId: true));
        endpoints.MapGet("/request_status", node.PollAsync);
        endpoints.MapGet("/health", status.HealthAsync);
        endpoints.MapGet("/alive", status.HealthAsync);
        endpoints.MapGet("/status", status.HealthAsync);
        endpoints.MapGet("/metrics", status.MetricsAsync);
        endpoints.MapPost("/v1/chat/completions", openAi.CompleteAsync);
        endpoints.MapGet("/v1/models", openAi.ModelsAsync);
        return endpoints;
    }
}
