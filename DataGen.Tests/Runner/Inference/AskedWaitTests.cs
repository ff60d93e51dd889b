using System.Net;
using DataGen.Runner.Inference;
using DataGen.Tests.Runner.Servers;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Runner.Inference;

public sealed class AskedWaitTests
{
    internal const string Answer = "f12-retry-after-ms";

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("retry-after-ms: 1500", 1.5)]
    [InlineData("retry-after-ms: 1500; retry-after: 2", 1.5)]
    [InlineData("retry-after: 17", 17.0)]
    [InlineData("retry-after: 0.25", 0.25)]
    [InlineData("retry-after: -3", null)]
    [InlineData("retry-after: soon", null)]
    [InlineData("retry-after: Thu, 26 Nov 2026 12:00:09 GMT", 9.0)]
    [InlineData("retry-after: Thu, 26 Nov 2026 11:00:00 GMT", 0.0)]
    // The server's clock is an hour behind ours.
    [InlineData("retry-after: Thu, 26 Nov 2026 11:00:05 GMT; date: Thu, 26 Nov 2026 11:00:00 GMT", 5.0)]
    [InlineData("retry-after: 99999999999999999999", 86_400.0)]
    [InlineData("retry-after: 3, 3", 3.0)]
    [InlineData("retry-after: 12,12", 12.0)]
    [InlineData("retry-after: Thu Nov 26 12:00:04 2026", 4.0)]
    [InlineData("retry-after: Thursday, 26-Nov-26 12:00:04 GMT", 4.0)]
    [InlineData("x-ratelimit-reset-requests: 2026-11-26T12:00:07Z", 7.0)]
    [InlineData("retry-after: 12", 12.0)]
    [InlineData("retry-after: 3 apples", null)]
    [InlineData("x-ratelimit-reset-requests: 6m0s", 360.0)]
    [InlineData("x-ratelimit-reset-requests: 1h2m3.5s", 3723.5)]
    [InlineData("x-ratelimit-reset-tokens: 17ms", 0.017)]
    [InlineData("x-ratelimit-reset-requests: 1s; x-ratelimit-reset-tokens: 6s", 6.0)]
    [InlineData(
        "x-ratelimit-reset-requests: 8h; x-ratelimit-remaining-requests: 9; x-ratelimit-reset-tokens: 6s; x-ratelimit-remaining-tokens: 0",
        6.0
    )]
    [InlineData("x-ratelimit-reset: 1795694410", 10.0)]
    [InlineData("x-ratelimit-reset: 1795694410500", 10.5)]
    [InlineData("ratelimit-reset: 30", 30.0)]
    [InlineData("x-ratelimit-reset: whenever", null)]
    [InlineData("", null)]
    public void The_wait_is_what_the_server_asks_for(string headers, double? seconds)
    {
        using var response = Response(HttpStatusCode.TooManyRequests, headers);

        Assert.Equal(seconds, AskedWait.Of(response, Clock)?.TotalSeconds);
    }

    [Fact]
    public void A_limit_that_is_not_spent_asks_for_nothing()
    {
        using var response = Response(HttpStatusCode.InternalServerError, "x-ratelimit-reset-requests: 6m0s");

        Assert.Null(AskedWait.Of(response, Clock));
    }

    [Fact]
    public void The_milliseconds_of_a_real_server_are_read()
    {
        var answer = ServerAnswer.Named(Answer);
        using var response = Response(
            (HttpStatusCode)answer.Status,
            string.Join("; ", answer.Headers.Where(header => header.Key != "content-type").Select(Line))
        );

        Assert.Equal(TimeSpan.FromSeconds(4), AskedWait.Of(response, Clock));
    }

    private static string Line(KeyValuePair<string, string> header) => $"{header.Key}: {header.Value}";

    private static HttpResponseMessage Response(HttpStatusCode status, string headers)
    {
        var response = new HttpResponseMessage(status);
        foreach (var header in headers.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            response.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        return response;
    }
}
