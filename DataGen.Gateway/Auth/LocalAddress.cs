using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Auth;

/// <summary>Chooses the address to redirect to after signing in: only addresses of this site.</summary>
internal static class LocalAddress
{
    private static readonly Uri Here = new("http://here");

    // Checked once more at the end: taking the dots out of /.//evil.example leaves //evil.example.
    /// <summary>The escaped path and query when <paramref name="address"/> is one of ours, else the start
    /// page.</summary>
    public static string Of([StringSyntax(StringSyntaxAttribute.Uri)] string? address) =>
        address is ['/', ..]
        && RedirectHttpResult.IsLocalUrl(address)
        && Uri.TryCreate(Here, address, out var uri)
        && uri.Host == Here.Host
        && uri.PathAndQuery is not (['/', '/' or '\\', ..])
            ? uri.PathAndQuery + uri.Fragment
            : "/";
}
