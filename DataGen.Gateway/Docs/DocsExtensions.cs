using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Scalar.AspNetCore;

namespace DataGen.Gateway.Docs;

/// <summary>The API's contract and a page to try it, both for whoever is signed in.</summary>
internal static class DocsExtensions
{
    private const string DocsPath = "/docs";

    /// <summary>Adds the contract.</summary>
    public static IHostApplicationBuilder AddDocs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer<ContractTransformer>());
        return builder;
    }

    /// <summary>Maps <c>/openapi/v1.json</c> and <c>/docs</c>. The page's script comes from this process, nothing from
    /// elsewhere.</summary>
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
                        .HideClientButton();
                    options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                }
            )
            .Finally(endpoint =>
            {
                // Scalar opens its script and its icon to everyone; nobody needs them without the page.
                foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToArray())
                {
                    endpoint.Metadata.Remove(open);
                }
            });
        return endpoints;
    }
}
