using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataGen.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace DataGen.Tests.Runner;

public sealed class SecretsAndTelemetryTests
{
    private const string Key = "sk-hush-hush-0001";
    private const string Prompt = "A patient of Dr Moriarty: diagnosis, full name.";

    [Fact]
    public async Task Neither_key_nor_prompt_nor_record_nor_token_is_logged_at_trace_level()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            (call.Index, call.Attempt) switch
            {
                (0, 1) => call.FailAsync(500, $"no: {Prompt} {Key}"),
                (1, 1) => call.ContentAsync("gibberish about Moriarty"),
                (4, _) => call.FailAsync(422, Key),
                _ => call.RecordAsync(),
            }
        );
        await using var host = await RunnerHost.StartAsync(
            inference.Url,
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging(),
            ("DATAGEN_INFERENCE_API_KEY", Key),
            ("DATAGEN_MAX_CONCURRENCY", "1")
        );

        var request = RunnerHost.Request(5, Prompt);
        var run = await host.RunToEndAsync(request);
        await host.App.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5, run.Ended.Count);
        var lines = host
            .App.Services.GetFakeLogCollector()
            .GetSnapshot()
            .Select(record => $"{record.Category} {record.Message} {record.Exception}")
            .ToList();
        Assert.Contains(lines, line => line.Contains("task-1", StringComparison.Ordinal));
        var shown = lines
            .Concat(run.Retrying.Select(failed => failed.Reason))
            .Concat(run.Ended.Select(ended => ended.Error));
        Assert.All(
            ["hush", "Moriarty", "Ana Díaz", "eyJ"],
            secret => Assert.DoesNotContain(shown, line => line.Contains(secret, StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_trace_leads_from_the_stream_to_its_calls_and_holds_content_only_on_request(bool capture)
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "DataGen.Inference" or "Microsoft.AspNetCore" or "test",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        await using var host = await RunnerHost.StartAsync(
            inference,
            ("DATAGEN_INFERENCE_MODEL", "asked-model"),
            ("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", capture ? "true" : "false")
        );

        using (var root = source.StartActivity("root"))
        {
            Assert.NotNull(root);
            await host.RunToEndAsync(RunnerHost.Request(3, Prompt));
            var calls = spans
                .Where(span => span.Source.Name == "DataGen.Inference" && span.TraceId == root.TraceId)
                .ToList();

            Assert.Equal(3, calls.Count);
            Assert.All(
                calls,
                span =>
                {
                    Assert.Equal(("chat asked-model", ActivityKind.Client), (span.DisplayName, span.Kind));
                    Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
                    Assert.Equal("ratio1", span.GetTagItem("gen_ai.provider.name"));
                    Assert.Equal("asked-model", span.GetTagItem("gen_ai.request.model"));
                    Assert.Equal("fake-model", span.GetTagItem("gen_ai.response.model"));
                    Assert.Equal(1024, span.GetTagItem("gen_ai.request.max_tokens"));
                    Assert.Equal(30, span.GetTagItem("gen_ai.usage.input_tokens"));
                    Assert.Equal(12, span.GetTagItem("gen_ai.usage.output_tokens"));
                    Assert.Equal(new Uri(inference.Url).Port, span.GetTagItem("server.port"));
                    Assert.Equal(
                        capture,
                        span.TagObjects.Any(tag =>
                            tag.Value?.ToString()?.Contains("Moriarty", StringComparison.Ordinal) == true
                        )
                    );
                }
            );
        }
    }

    [Fact]
    public async Task The_Runner_counts_records_and_retries_and_tells_its_limit()
    {
        await using var inference = await FakeInferenceServer.StartAsync(call =>
            (call.Index, call.Attempt) switch
            {
                (0, 1) => call.FailAsync(500),
                (1, _) => call.FailAsync(422),
                _ => call.RecordAsync(),
            }
        );
        await using var host = await RunnerHost.StartAsync(inference, ("DATAGEN_MAX_CONCURRENCY", "4"));
        var meters = host.App.Services.GetRequiredService<IMeterFactory>();
        using var records = new MetricCollector<long>(meters, "DataGen.Runner", "datagen.runner.records");
        using var retries = new MetricCollector<long>(meters, "DataGen.Runner", "datagen.runner.retries");
        using var limit = new MetricCollector<int>(meters, "DataGen.Runner", "datagen.runner.calls.limit");
        using var waiting = new MetricCollector<int>(meters, "DataGen.Runner", "datagen.runner.waiting");

        // One at a time, so that a good record comes before the rejected one.
        var request = RunnerHost.Request(20);
        request.Ranges[0] = new IndexRange { First = 2, Last = 19 };
        await host.RunToEndAsync(request);
        request.Ranges[0] = new IndexRange { First = 0, Last = 0 };
        await host.RunToEndAsync(request);
        limit.RecordObservableInstruments();
        waiting.RecordObservableInstruments();

        var measured = records.GetMeasurementSnapshot();
        Assert.Equal(
            19,
            measured
                .Where(measurement => Equals(measurement.Tags["datagen.outcome"], "good"))
                .Sum(measurement => measurement.Value)
        );
        Assert.Equal(
            ["server_error"],
            retries.GetMeasurementSnapshot().Select(measurement => measurement.Tags["datagen.reason"])
        );
        Assert.Equal((4, 0), (limit.LastMeasurement?.Value, waiting.LastMeasurement?.Value));
    }
}
