using System.Text.Json;
using DataGen.Mock.Node;
using DataGen.Mock.Settings;
using DataGen.Mock.Statistics;

namespace DataGen.Mock.Inference;

/// <summary><c>/health</c>, <c>/status</c> and <c>/metrics</c> in the plugin's shape. They answer 200 whatever the
/// switches say: they are the mock's own health.</summary>
internal sealed class InferenceStatusCalls(MockStatistics statistics, MockSettings settings, TimeProvider clock)
{
    private readonly DateTimeOffset started = clock.GetUtcNow();

    public Task HealthAsync(HttpContext context) =>
        NodeResponses.Main.WriteResultAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("status", "ok");
                json.WriteString("pipeline", "datagen_mock");
                json.WriteString("plugin", "LLM_INFERENCE_API");
                json.WriteString("instance_id", settings.Model);
                json.WriteBoolean("loopback_enabled", true);
                json.WriteNumber("uptime", Math.Round((clock.GetUtcNow() - started).TotalSeconds, 3));
                json.WriteNull("last_error_time");
                json.WriteNumber("total_errors", Failed);
                json.WritePropertyName("metrics");
                WriteMetrics(json);
                json.WriteEndObject();
            }
        );

    public Task MetricsAsync(HttpContext context) => NodeResponses.Main.WriteResultAsync(context, WriteMetrics);

    private long Failed =>
        statistics.Inference.Count(CompletionOutcome.Failed) + statistics.Inference.Count(CompletionOutcome.Aborted);

    private long Completed => Enum.GetValues<CompletionOutcome>().Sum(statistics.Inference.Count) - Failed;

    private void WriteMetrics(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("requests_total", statistics.Inference.Meter.Calls);
        json.WriteNumber("requests_completed", Completed);
        json.WriteNumber("requests_failed", Failed);
        json.WriteNumber("requests_timeout", 0);
        json.WriteNumber("requests_active", statistics.Inference.Meter.InFlight);
        json.WriteEndObject();
    }
}
