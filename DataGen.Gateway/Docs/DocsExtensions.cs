using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Scalar.AspNetCore;

namespace DataGen.Gateway.Docs;

/// <summary>The API's OpenAPI document and a page to try the API; both need a session.</summary>
internal static class DocsExtensions
{
    private const string DocsPath = "/docs";
    private const string WayBack =
        """<nav class="way-back" aria-label="DataGen"><a href="/">← Datasets</a> <a href="/account">API tokens</a></nav>""";
    private const string Style =
        ":root { --scalar-custom-header-height: 44px; } .way-back { position: sticky; top: 0; z-index: 10; box-sizing: border-box; height: 44px; display: flex; gap: 1.5rem; padding: .75rem 1.25rem; font: 600 .875rem/1.25rem sans-serif; background: light-dark(#fffefb, #1c1d1b); border-bottom: 1px solid light-dark(#e3e0d8, #2f302c); } "
        + ".way-back a { color: light-dark(#0d6e62, #5bc7b5); text-decoration: none; } .way-back a:hover { text-decoration: underline; } "
        + ".light-mode .way-back { color-scheme: light; } .dark-mode .way-back { color-scheme: dark; }";

    /// <summary>Adds the OpenAPI document.</summary>
    public static IHostApplicationBuilder AddDocs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer<ContractTransformer>());
        return builder;
    }

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>. The page loads its script from this process and nothing
    /// from other sites.</summary>
    public static IEndpointRouteBuilder MapDocs(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi();
        endpoints
            .MapScalarApiReference(
                DocsPath,
                (options, context) =>
                {
                    var nonce = RandomNumberGenerator.GetHexString(32);
                    context.Response.Headers.ContentSecurityPolicy =
                        $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
                        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
                    options
                        .WithTitle("DataGen API")
                        .WithNonce(nonce)
                        .DisableDefaultFonts()
                        .DisableTelemetry()
                        .DisableAgent()
                        .DisableMcp()
                        .HideClientButton()
                        .AddPreferredSecuritySchemes(ContractTransformer.Cookie)
                        .AddHeaderContent(WayBack)
                        .WithCustomCss(Style);
                    options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                }
            )
            .Finally(endpoint =>
            {
                // Scalar serves its script and its icon without a session; they are of no use without the page.
                foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToArray())
                {
                    endpoint.Metadata.Remove(open);
                }
            });
        return endpoints;
    }
}
