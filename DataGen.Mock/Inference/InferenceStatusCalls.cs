using System.Text.Json.Nodes;
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
            new JsonObject
            {
                ["status"] = "ok",
                ["pipeline"] = "datagen_mock",
                ["plugin"] = "LLM_INFERENCE_API",
                ["instance_id"] = settings.Model,
                ["loopback_enabled"] = true,
                ["uptime"] = Math.Round((clock.GetUtcNow() - started).TotalSeconds, 3),
                ["last_error_time"] = null,
                ["total_errors"] = Failed,
                ["metrics"] = Metrics(),
            }
        );

    public Task MetricsAsync(HttpContext context) => NodeResponses.Main.WriteResultAsync(context, Metrics());

    private long Failed =>
        statistics.Inference.Count(CompletionOutcome.Failed) + statistics.Inference.Count(CompletionOutcome.Aborted);

    private long Completed => Enum.GetValues<CompletionOutcome>().Sum(statistics.Inference.Count) - Failed;

    private JsonObject Metrics() =>
        new()
        {
            ["requests_total"] = statistics.Inference.Meter.Calls,
            ["requests_completed"] = Completed,
            ["requests_failed"] = Failed,
            ["requests_timeout"] = 0,
            ["requests_active"] = statistics.Inference.Meter.InFlight,
        };
}
