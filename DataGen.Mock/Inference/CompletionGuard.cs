using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DataGen.Mock.Faults;

namespace DataGen.Mock.Inference;

/// <summary>Who may ask, and how often.</summary>
internal sealed class CompletionGuard(MockFaults allFaults, Dice dice, TimeProvider clock)
{
    private readonly InferenceFaults _faults = allFaults.Inference;
    private readonly MinuteWindow _all = new(clock);
    private readonly MinuteWindow _byToken = new(clock);

    /// <summary>Whether the call carries the token, with or without <c>Bearer</c> before it.</summary>
    public bool IsAllowed(string? authorization)
    {
        var token = _faults.Token.Take();
        return token.Length == 0 || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Bare(authorization)), Encoding.UTF8.GetBytes(token));
    }

    /// <summary>Whether the call gets 429; sets Retry-After.</summary>
    public bool IsTooMany(HttpContext context)
    {
        if (!dice.Hits(_faults.TooManyRate) && _all.TryEnter("", _faults.RequestsPerMinute.Take())) return false;
        if (_faults.RetryAfterSeconds.Take() is > 0 and var seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return true;
    }

    /// <summary>Whether the call is over the node's own limit for its token.</summary>
    public bool IsOverNodeLimit(string? authorization) => !_byToken.TryEnter(Bare(authorization), _faults.NodeRequestsPerMinute.Take());

    private static string Bare(string? authorization)
    {
        var text = authorization?.Trim() ?? "";
        return text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? text["Bearer ".Length..].Trim() : text;
    }
}
