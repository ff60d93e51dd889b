using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataGen.Mock.Faults;
using DataGen.Mock.Records;

namespace DataGen.Mock.Inference;

/// <summary>Who may ask, and how often.</summary>
internal sealed class CompletionGuard(MockFaults allFaults, Dice dice, TimeProvider clock)
{
    private readonly InferenceFaults faults = allFaults.Inference;
    private readonly MinuteWindow all = new(clock);
    private readonly MinuteWindow byToken = new(clock);

    /// <summary>Whether the call carries the token, with or without <c>Bearer</c> before it.</summary>
    public bool IsAllowed(string? authorization)
    {
        var token = faults.Token.Take();
        return token.Length == 0
            || CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(Bare(authorization)),
                Encoding.UTF8.GetBytes(token)
            );
    }

    /// <summary>Whether the call gets 429; sets Retry-After.</summary>
    public bool IsTooMany(HttpContext context)
    {
        if (!dice.Hits(faults.TooManyRate) && all.TryEnter("", faults.RequestsPerMinute.Take()))
        {
            return false;
        }

        if (faults.RetryAfterSeconds.Take() is > 0 and var seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return true;
    }

    /// <summary>Why the server does not take the request's <c>response_format</c>; null when it does.</summary>
    public string? FormatRefusal(CompletionRequest request) =>
        request.Format switch
        {
            "json_schema" when faults.RefuseJsonSchema.Take() => "response_format.type 'json_schema' is not supported.",
            "json_object" when faults.RefuseJsonObject.Take() => "response_format.type 'json_object' is not supported.",
            _ => null,
        };

    /// <summary>Whether the call is over the node's own limit for its token.</summary>
    public bool IsOverNodeLimit(string? authorization) =>
        !byToken.TryEnter(Bare(authorization), faults.NodeRequestsPerMinute.Take());

    private static string Bare(string? authorization)
    {
        var text = authorization?.Trim() ?? "";
        return text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..].Trim() : text;
    }
}
