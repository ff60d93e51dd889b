using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace DataGen.Runner.Inference;

/// <summary>
/// How long a server asks callers to wait: <c>retry-after-ms: 1500</c>, else <c>Retry-After: 1.5</c> or a date (RFC
/// 9110, 10.2.3) relative to the answer's own <c>Date</c>, else, with 429 and 503, the time until a used-up limit is
/// reset: <c>x-ratelimit-reset-requests: 6m0s</c>, <c>x-ratelimit-reset: 1764000000</c>.
/// </summary>
internal static partial class AskedWait
{
    private const double FirstEpochSecond = 1e9;
    private const double FirstEpochMillisecond = 1e12;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // The formats of RFC 9110, 5.6.7, and ISO 8601, which headers of rate limits use.
    private static readonly string[] Dates =
    [
        "r",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private static readonly string[] Kinds = ["-requests", "-tokens", ""];

    /// <summary>The wait, not below zero; null when the server names none.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider clock)
    {
        var headers = response.Headers;
        return Number(Value(headers, "retry-after-ms")) is { } milliseconds ? Bounded(milliseconds / 1000)
            : Value(headers, "retry-after") is { } asked && After(asked, headers, clock) is { } after ? after
            : response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                ? Reset(headers, clock)
            : null;
    }

    private static TimeSpan? After(string asked, HttpResponseHeaders headers, TimeProvider clock) =>
        asked.Split(',').Select(each => Number(each.Trim())).ToList() is var several && !several.Contains(null)
            ? Bounded(several.Max()!.Value)
        : DateTimeOffset.TryParseExact(
            asked,
            Dates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
            out var date
        )
            ? Bounded((date - (headers.Date ?? clock.GetUtcNow())).TotalSeconds)
        : null;

    /// <summary>The longest time until a limit is reset that is used up or does not say what is left of it.</summary>
    private static TimeSpan? Reset(HttpResponseHeaders headers, TimeProvider clock)
    {
        TimeSpan? longest = null;
        foreach (var kind in Kinds)
        {
            var left = Number(Value(headers, $"x-ratelimit-remaining{kind}"));
            var reset =
                Value(headers, $"x-ratelimit-reset{kind}")
                ?? (kind.Length == 0 ? Value(headers, "ratelimit-reset") : null);
            if (left is null or <= 0 && reset is not null && Span(reset, headers, clock) is { } wait)
            {
                longest = longest is null || wait > longest ? wait : longest;
            }
        }

        return longest;
    }

    private static TimeSpan? Span(string text, HttpResponseHeaders headers, TimeProvider clock)
    {
        if (Number(text) is { } number)
        {
            var now = headers.Date ?? clock.GetUtcNow();
            return number >= FirstEpochMillisecond ? Bounded((number - now.ToUnixTimeMilliseconds()) / 1000)
                : number >= FirstEpochSecond ? Bounded(number - (now.ToUnixTimeMilliseconds() / 1000.0))
                : Bounded(number);
        }

        if (Duration.Match(text) is not { Success: true, Length: > 0 } match)
        {
            return After(text, headers, clock);
        }

        double Part(string name) => Number(match.Groups[name].Value) ?? 0;
        return Bounded((Part("d") * 86_400) + (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000));
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString().Trim() : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static TimeSpan Bounded(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));

    // Go's time.Duration, as OpenAI and Groq write it: 1h2m3.5s, 17ms.
    [GeneratedRegex(
        @"\A((?<d>[0-9.]+)d)?((?<h>[0-9.]+)h)?((?<m>[0-9.]+)m)?((?<s>[0-9.]+)s)?((?<ms>[0-9.]+)ms)?\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Duration { get; }
}
