using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Scalar.AspNetCore;

namespace DataGen.Gateway.Docs;

/// <summary>The API's OpenAPI document and a page to try the API; both need a session.</summary>
internal static class DocsExtensions
{
    private const string DocsPath = "/docs";

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
                        .HideClientButton();
                    options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                }
            )
            .Finally(endpoint =>
            {
                // Scalar lets anyone load its script and its icon; without the page they are of no use.
                foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToArray())
                {
                    endpoint.Metadata.Remove(open);
                }
            });
        return endpoints;
    }
}
