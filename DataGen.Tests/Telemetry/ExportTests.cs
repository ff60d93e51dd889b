using OpenTelemetry.Proto.Trace.V1;

namespace DataGen.Tests.Telemetry;

/// <summary>What an OpenTelemetry collector gets of the services.</summary>
public sealed class ExportTests(ExportFixture fixture) : IClassFixture<ExportFixture>
{
    private Exported Exported => fixture.Exported;

    [Fact]
    public void One_trace_leads_from_the_request_through_every_service_to_the_calls_of_the_first_records()
    {
        var requests = Exported.Spans.Where(IsCreation).ToArray();
        Assert.Equal(4, requests.Length);
        var request = requests[0];
        var trace = Exported.Spans.Where(span => span.Trace == request.Trace).ToArray();

        Assert.Equal([request], trace.Where(span => span.IsRoot));
        var known = trace.Select(span => span.Span.SpanId).ToHashSet();
        Assert.Equal(trace.Length, known.Count);
        AssertNone(trace.Where(span => !span.IsRoot && !known.Contains(span.Span.ParentSpanId)));
        Assert.Equal(
            ["DataGen.Gateway", "DataGen.Runner", "DataGen.Tasks"],
            trace.Select(span => span.Service).Distinct().Order()
        );

        // Of the others one in a hundred has a trace of its own that links to this one, in either shard.
        Assert.Equal(25, trace.Count(span => span.IsChat));
        var records = Exported
            .Spans.Where(span => span.IsRoot && span.Span.Links.Any(link => link.TraceId == request.Trace))
            .ToArray();
        Assert.Equal(["record"], records.Select(span => span.Span.Name).Distinct());
        Assert.Equal(23, records.Length);
        Assert.All(
            records,
            record =>
                Assert.Contains(
                    Exported.Spans,
                    span => span.IsChat && span.Trace == record.Trace && span.Span.ParentSpanId == record.Span.SpanId
                )
        );
    }

    [Fact]
    public void Every_trace_is_whole()
    {
        var known = Exported.Spans.Select(span => (span.Trace, span.Span.SpanId)).ToHashSet();
        AssertNone(Exported.Spans.Where(span => !span.IsRoot && !known.Contains((span.Trace, span.Span.ParentSpanId))));
    }

    [Theory]
    [InlineData("input")]
    [InlineData("output")]
    public void The_tokens_add_up_to_what_the_model_reported(string type)
    {
        var points = Exported
            .Last("gen_ai.client.token.usage")
            .SelectMany(metric => metric.Histogram.DataPoints)
            .Where(point => Exported.Value(point.Attributes, "gen_ai.token.type") == type);
        Assert.Equal(
            type == "input" ? fixture.Reported.Input : fixture.Reported.Output,
            points.Sum(point => point.Sum)
        );
    }

    [Fact]
    public void What_tasks_spend_and_what_is_rejected_is_counted_and_nothing_is_left_in_the_queue()
    {
        var spent = Sums("datagen.tokens.spent", "datagen.token.type");
        // In the third task the model does not say.
        Assert.InRange(spent["input"], fixture.Reported.Input - fixture.Previewed.Input, long.MaxValue);
        Assert.InRange(spent["output"], fixture.Reported.Output - fixture.Previewed.Output, long.MaxValue);
        Assert.Equal(spent["input"] + (spent["output"] / 2), Sums("datagen.cost").Single().Value);
        Assert.InRange(Sums("datagen.records.rejected", "datagen.reason")["invalid"], 1, 1000);
        Assert.Equal(2520, Sums("datagen.records.stored", "datagen.record.outcome")["good"]);
        Assert.Equal(0, Sums("datagen.queue.records").Single().Value);
    }

    [Fact]
    public void No_prompt_no_record_no_key_and_no_password_is_exported()
    {
        Assert.Contains(Exported.Lines, line => line.Contains("admin signed in", StringComparison.Ordinal));
        var told = string.Join('\n', Exported.Lines);
        AssertNone(fixture.Hidden.Where(text => told.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void Only_requests_and_links_begin_a_trace_and_probes_do_not()
    {
        var roots = Exported.Spans.Where(span => span.IsRoot).ToArray();
        AssertNone(roots.Where(span => span.Span.Kind != Span.Types.SpanKind.Server && span.Span.Links.Count == 0));
        AssertNone(Exported.Spans.Where(span => span.Attribute("url.path") is "/alive" or "/health"));

        // Nobody but the tests has asked for anything, and they ask the Gateway.
        AssertNone(roots.Where(span => span.Span.Links.Count == 0 && span.Service != "DataGen.Gateway"));

        // A caller may say that its request is not to be recorded.
        AssertNone(Exported.Spans.Where(span => span.Span.TraceId.SequenceEqual(ExportFixture.Unrecorded)));
    }

    private Dictionary<string, double> Sums(string counter, string by = "") =>
        Exported
            .Last(counter)
            .SelectMany(metric => metric.Sum.DataPoints)
            .GroupBy(point => Exported.Value(point.Attributes, by))
            .ToDictionary(points => points.Key, points => points.Sum(point => point.AsInt + point.AsDouble));

    private static void AssertNone<T>(IEnumerable<T> found) => Assert.Empty(found.ToArray());

    private static bool IsCreation(ExportedSpan span) =>
        span is { Service: "DataGen.Gateway", IsRoot: true, Span.Name: "POST /api/tasks/" };
}
