using System.Security.Claims;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.ApiTokens;

/// <summary><c>/api/tokens</c>: the caller's API tokens.</summary>
internal static class ApiTokensApi
{
    private const int MostPerUser = 100;

    /// <summary>Adds API tokens.</summary>
    public static IHostApplicationBuilder AddApiTokens(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiTokenStore>();
        builder.Services.AddSingleton<ApiTokenAuthenticator>();
        builder.Services.AddSingleton<ApiTokenUses>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ApiTokenUses>());
        return builder;
    }

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapApiTokensApi(this RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("/tokens").WithTags("tokens");
        tokens
            .MapGet("", ListOwnAsync)
            .WithSummary("List API tokens")
            .WithDescription("The caller's API tokens, newest first.");
        tokens
            .MapPost("", CreateAsync)
            .WithSummary("Create an API token")
            .WithDescription("Makes an API token; it is shown this once.")
            .ProducesValidationProblem()
            .ProducesProblem(403)
            .ProducesProblem(409);
        tokens
            .MapDelete("/{id}", RevokeOwnAsync)
            .WithSummary("Revoke an API token")
            .WithDescription("Revokes one of the caller's API tokens.")
            .ProducesProblem(404);
        return tokens;
    }

    /// <summary>A user's tokens.</summary>
    public static async Task<ApiTokenListResponse> ListAsync(
        string username,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    ) =>
        new([
            .. (await tokens.ListAsync(username, cancellationToken)).Select(entry => new ApiTokenResponse(
                entry.Token.Id,
                entry.Token.Name,
                entry.Token.CreatedAt,
                entry.LastUsedAt
            )),
        ]);

    /// <summary>Revokes a user's token.</summary>
    /// <exception cref="FailureException">There is no such token.</exception>
    public static async Task RevokeAsync(
        string username,
        string id,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    )
    {
        if (!await tokens.ExistsAsync(username, id, cancellationToken))
        {
            throw new FailureException(new Failure(StatusCodes.Status404NotFound, "There is no such token."));
        }

        await tokens.RevokeAsync(username, id, cancellationToken);
    }

    private static async Task<Ok<ApiTokenListResponse>> ListOwnAsync(
        ClaimsPrincipal user,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await ListAsync(user.Username(), tokens, cancellationToken));

    private static async Task<Created<CreatedApiTokenResponse>> CreateAsync(
        NewApiToken body,
        ClaimsPrincipal user,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    )
    {
        if (user.SessionId() is null)
        {
            throw new FailureException(
                new Failure(
                    StatusCodes.Status403Forbidden,
                    "An API token cannot make others; sign in with the password."
                )
            );
        }

        if ((await tokens.ListAsync(user.Username(), cancellationToken)).Count >= MostPerUser)
        {
            throw new FailureException(
                new Failure(StatusCodes.Status409Conflict, $"There are {MostPerUser} tokens already; revoke one first.")
            );
        }

        var (stored, text) = await tokens.CreateAsync(user.Username(), body.Name!, cancellationToken);
        return TypedResults.Created(
            $"/api/tokens/{stored.Id}",
            new CreatedApiTokenResponse(stored.Id, stored.Name, stored.CreatedAt, text.ToString())
        );
    }

    private static async Task<NoContent> RevokeOwnAsync(
        string id,
        ClaimsPrincipal user,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    )
    {
        await RevokeAsync(user.Username(), id, tokens, cancellationToken);
        return TypedResults.NoContent();
    }
}
