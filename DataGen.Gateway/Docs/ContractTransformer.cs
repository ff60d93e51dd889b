using DataGen.Gateway.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DataGen.Gateway.Docs;

/// <summary>Adds title, description, security schemes and examples to the OpenAPI document.</summary>
internal sealed class ContractTransformer : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    /// <summary>The name of the scheme that a browser uses.</summary>
    public const string Cookie = "cookie";

    /// <summary>The groups of calls, the most used first.</summary>
    private static readonly string[] Tags =
    [
        "tasks",
        "definitions",
        "explore",
        "curate",
        "metrics",
        "auth",
        "tokens",
        "users",
    ];

    /// <inheritdoc/>
    public Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info.Title = "DataGen";
        document.Info.Description =
            "Synthetic datasets: describe a record, say how many. Errors are RFC 9457 problem details; a 400 names the fields in `errors`. "
            + "Calls that are tried from this page use the session you are signed in with; scripts send a bearer token: an API token of the account page, or one from `POST /api/auth/token`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API token of the account page, or one from POST /api/auth/token.",
            },
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = SessionCookie.Name,
                Description = "The session of the browser that is signed in; it is sent by itself.",
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Cookie, document)] = [] },
        ];
        document.Tags = document.Tags?.OrderBy(tag => Array.IndexOf(Tags, tag.Name)).ToHashSet();
        AddExamples(document);
        return Task.CompletedTask;
    }

    private static void AddExamples(OpenApiDocument document)
    {
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                if (
                    operation.RequestBody?.Content is { } content
                    && RequestExamples.Of($"{method.Method.ToUpperInvariant()} {path}") is { } example
                )
                {
                    content["application/json"].Example = example;
                }
            }
        }
    }
}
