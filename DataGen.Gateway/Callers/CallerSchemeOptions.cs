using Microsoft.AspNetCore.Authentication;

namespace DataGen.Gateway.Callers;

/// <summary>The options in which the two authentication schemes differ.</summary>
internal sealed class CallerSchemeOptions : AuthenticationSchemeOptions
{
    /// <summary>Finds the token in a request; null when there is none.</summary>
    public Func<HttpRequest, string?> ReadToken { get; set; } = _ => null;
}
