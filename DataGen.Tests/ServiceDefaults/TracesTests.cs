using System.Diagnostics;
using System.Diagnostics.Metrics;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Telemetry;
using DataGen.Tests.Mock;
using DataGen.Tests.Runner;
using DataGen.Tests.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Trace;

namespace DataGen.Tests.ServiceDefaults;

/// <summary>What the traces of a service hold. The listeners are those of the whole process, so nothing runs
/// beside.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TracesTests
{
    private const string Name = "traces";
    private const string IncomingRequest = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private static readonly ActivitySource Source = new(TelemetryExtensions.SourcePrefix + "Tests");
    private readonly List<Activity> spans = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_records_are_in_the_trace_of_the_task_and_one_in_a_hundred_of_the_others_links_to_it()
    {
        await using var inference = await FakeInferenceServer.StartAsync(TimeSpan.Zero);
        await using var host = await StartRunnerAsync(inference.Url);
        using var records = new MetricCollector<long>(
            host.App.Services.GetRequiredService<IMeterFactory>(),
            "DataGen.Runner",
            "datagen.runner.records"
        );

        using var task = Source.StartActivity(IncomingRequest, ActivityKind.Server)!;
        await host.RunToEndAsync(RunnerHost.Request(3000));
        task.Stop();
        await host.DisposeAsync();

        var chats = spans.Where(span => span.Source.Name == "DataGen.Inference").ToList();
        Assert.Equal(25, chats.Count(span => span.TraceId == task.TraceId));
        var links = spans.Where(span => span.DisplayName == "record").ToList();
        Assert.Equal(29, links.Count);
        Assert.All(
            links,
            span =>
            {
                Assert.Equal((default, ActivityKind.Internal), (span.ParentSpanId, span.Kind));
                Assert.Equal(task.TraceId, Assert.Single(span.Links).Context.TraceId);
                Assert.Equal(0, (int)span.GetTagItem("datagen.record.index")! % 100);
                Assert.Contains(chats, chat => chat.ParentSpanId == span.SpanId);
            }
        );
        Assert.Equal(25 + 29, chats.Count);
        Assert.InRange(spans.Count, 1, 200);
        Assert.Equal(3000, records.GetMeasurementSnapshot().Sum(measurement => measurement.Value));
    }

    [Fact]
    public async Task Nothing_but_a_request_and_a_link_begins_a_trace_and_outgoing_requests_are_named_by_their_path()
    {
        await using var mock = await RunningMock.StartAsync();
        await using var runner = await StartRunnerAsync(
            mock.Http.BaseAddress!.ToString(),
            ("DATAGEN_SESSION_SECRET", TasksHost.Secret)
        );
        using var http = new HttpClient();
        ActivityTraceId traceId;
        var store = new HttpCStore(
            http,
            new CStoreOptions { Address = mock.Http.BaseAddress },
            TimeProvider.System,
            NullLogger<HttpCStore>.Instance
        );
        await using (
            var tasks = await TasksHost.StartAsync(
                store,
                new Uri(runner.GrpcUrl),
                Cancelled,
                (TelemetryExtensions.CollectedByHost, "true"),
                ("DATAGEN_MAX_RECORDS_PER_JOB", "20000")
            )
        )
        {
            // The recovery of tasks has asked the store before the first task comes.
            await Eventually.TrueAsync(async () =>
                (await mock.StatsAsync("cstore")).GetProperty("reads").GetInt32() > 0
            );
            Assert.Equal("Healthy", await http.GetStringAsync($"{runner.HttpUrl}/health", Cancelled));
            Assert.Equal("Healthy", await http.GetStringAsync($"{runner.HttpUrl}/alive", Cancelled));
            string id;
            using (var post = Source.StartActivity(IncomingRequest, ActivityKind.Server))
            {
                (id, traceId) = ((await tasks.CreateAsync(3000)).Task.Id, post!.TraceId);
            }

            Assert.Equal(3000, (await tasks.EndAsync(id, Cancelled)).Task.Completed);
        }

        await runner.DisposeAsync();

        var roots = spans.Where(span => span.ParentSpanId == default).ToList();
        Assert.All(roots, span => Assert.True(span.Kind == ActivityKind.Server || span.Links.Any(), span.DisplayName));
        Assert.DoesNotContain(spans, span => span.DisplayName.Contains("/health", StringComparison.Ordinal));
        Assert.DoesNotContain(spans, span => span.DisplayName.Contains("/alive", StringComparison.Ordinal));
        var trace = spans.Where(span => span.TraceId == traceId).ToList();
        Assert.Contains(trace, span => span.DisplayName == "POST /create_chat_completion");
        Assert.Contains(trace, span => span.DisplayName == "POST /hset");
        Assert.InRange(trace.Count, 25, 200);
        Assert.DoesNotContain(
            spans,
            span => span.Source.Name == "System.Net.Http" && !span.DisplayName.Contains('/', StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Polly_logs_warnings_only()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddTelemetry();
        builder.Logging.AddFakeLogging();
        using var host = builder.Build();

        var polly = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Polly");

        Assert.Equal((false, true), (polly.IsEnabled(LogLevel.Information), polly.IsEnabled(LogLevel.Warning)));
    }

    private Task<RunnerHost> StartRunnerAsync(string inference, params (string Name, string Value)[] settings) =>
        RunnerHost.StartAsync(
            inference,
            builder =>
                builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans)),
            settings
        );
}
