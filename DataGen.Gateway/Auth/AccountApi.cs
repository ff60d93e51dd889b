using System.Security.Claims;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Auth;

/// <summary><c>/api/auth/password</c> and <c>/api/auth/sessions</c>: the caller's account.</summary>
internal static class AccountApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapAccountApi(this RouteGroupBuilder auth)
    {
        auth.MapPost("/password", ChangePasswordAsync)
            .WithSummary("Change the password")
            .WithDescription("Changes the caller's password and ends the other sessions.")
            .ProducesValidationProblem()
            .ProducesProblem(429);
        auth.MapGet("/sessions", ListAsync)
            .WithSummary("List sessions")
            .WithDescription("The caller's live sessions, newest first.");
        auth.MapDelete("/sessions", EndOthersAsync)
            .WithSummary("End other sessions")
            .WithDescription("Ends all the caller's sessions but this one.");
        auth.MapDelete("/sessions/{id}", EndAsync)
            .WithSummary("End a session")
            .WithDescription("Ends one of the caller's sessions.")
            .ProducesProblem(404);
        return auth;
    }

    private static async Task<NoContent> ChangePasswordAsync(
        PasswordChange change,
        ClaimsPrincipal user,
        HttpContext context,
        SignIn signIn,
        IUserStore users,
        KnownUsers known,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        AuthUser changed;
        try
        {
            changed = await signIn.CheckAsync(
                context,
                user.Username(),
                () =>
                    users.ChangePasswordAsync(
                        user.Username(),
                        change.CurrentPassword!,
                        change.NewPassword!,
                        cancellationToken
                    )
            );
        }
        catch (AuthException exception)
            when (exception.Code is AuthErrorCode.InvalidCredentials or AuthErrorCode.InvalidPassword)
        {
            throw new FailureException(
                exception.Code == AuthErrorCode.InvalidCredentials
                    ? Failure.Field("currentPassword", "is wrong.")
                    : Failure.Field("newPassword", exception.Message)
            );
        }

        // The other sessions end when the user's record is read again, because they have the old password. This session
        // stays valid under the new password, also for requests that arrive while the password is being stored.
        try
        {
            if (user.SessionId() is { } own)
            {
                await sessions.RenewAsync(user.Username(), own, changed.PasswordStamp, cancellationToken);
            }
        }
        finally
        {
            known.Forget(user.Username());
        }

        await sessions.EndAllAsync(user.Username(), user.SessionId(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SessionListResponse>> ListAsync(
        ClaimsPrincipal user,
        SessionStore sessions,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            new SessionListResponse([
                .. (await sessions.ListAsync(user.Username(), cancellationToken)).Select(session => new SessionResponse(
                    session.Id,
                    session.Kind == SessionKind.Browser ? "browser" : "token",
                    session.CreatedAt,
                    session.ExpiresAt,
                    session.Id == user.SessionId(),
                    session.UserAgent,
                    session.Address
                )),
            ])
        );

    private static async Task<NoContent> EndOthersAsync(
        ClaimsPrincipal user,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        await sessions.EndAllAsync(user.Username(), user.SessionId(), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> EndAsync(
        string id,
        ClaimsPrincipal user,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        if (await sessions.FindAsync(user.Username(), id, cancellationToken) is null)
        {
            throw new FailureException(new Failure(StatusCodes.Status404NotFound, "There is no such session."));
        }

        await sessions.EndAsync(user.Username(), id, cancellationToken);
        return TypedResults.NoContent();
    }
}
