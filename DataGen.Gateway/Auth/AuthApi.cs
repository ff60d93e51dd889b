using System.Security.Claims;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Auth;

/// <summary><c>/api/auth</c>: signing in and out, and the caller's name and role.</summary>
internal static class AuthApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapAuthApi(this RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("auth");
        auth.MapPost("/login", LoginAsync)
            .AllowAnonymous()
            .WithSummary("Sign in a browser")
            .WithDescription("Signs in a browser: sets the session cookie.")
            .ProducesValidationProblem()
            .ProducesProblem(429);
        auth.MapPost("/token", TokenAsync)
            .AllowAnonymous()
            .WithSummary("Sign in a script")
            .WithDescription("Signs in a script: answers with a bearer token.")
            .ProducesValidationProblem()
            .ProducesProblem(429);
        auth.MapPost("/logout", LogoutAsync)
            .WithSummary("Sign out")
            .WithDescription("Ends the session, everywhere, at once.");
        auth.MapGet("/me", Me).WithSummary("Read who is signed in").WithDescription("Who the caller is.");
        return auth;
    }

    private static async Task<Ok<LoginResponse>> LoginAsync(
        Credentials credentials,
        HttpContext context,
        SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        var signedIn = await OpenAsync(credentials, context, signIn, SessionKind.Browser, cancellationToken);
        SessionCookie.Set(context, signedIn.Token, signedIn.ExpiresAt);
        return TypedResults.Ok(new LoginResponse(signedIn.Username, signedIn.Role, signedIn.ExpiresAt));
    }

    private static async Task<Ok<TokenResponse>> TokenAsync(
        Credentials credentials,
        HttpContext context,
        SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        var signedIn = await OpenAsync(credentials, context, signIn, SessionKind.Token, cancellationToken);
        return TypedResults.Ok(new TokenResponse(signedIn.Token, "Bearer", signedIn.ExpiresAt));
    }

    private static async Task<NoContent> LogoutAsync(
        HttpContext context,
        SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        await signIn.CloseAsync(context, cancellationToken);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    private static Ok<MeResponse> Me(ClaimsPrincipal user) =>
        TypedResults.Ok(new MeResponse(user.Username(), user.Role()));

    private static async Task<SignedIn> OpenAsync(
        Credentials credentials,
        HttpContext context,
        SignIn signIn,
        SessionKind kind,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await signIn.OpenAsync(
                context,
                credentials.Username!,
                credentials.Password!,
                kind,
                cancellationToken
            );
        }
        catch (AuthException exception) when (exception.Code == AuthErrorCode.InvalidUsername)
        {
            throw new AuthException(AuthErrorCode.InvalidCredentials, "No user can have that name.");
        }
    }
}
