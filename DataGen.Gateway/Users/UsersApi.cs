using System.Security.Claims;
using DataGen.Gateway.Callers;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Users;

/// <summary><c>/api/users</c>, for administrators.</summary>
internal static class UsersApi
{
    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapUsersApi(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users")
            .WithTags("users")
            .RequireAuthorization(CallersExtensions.AdminPolicy)
            .ProducesProblem(403);
        users.MapGet("", ListAsync).WithSummary("All users.");
        users.MapPost("", CreateAsync).WithSummary("Creates a user.").ProducesValidationProblem().ProducesProblem(409);
        users
            .MapPatch("/{name}", ChangeAsync)
            .WithSummary("Changes role, password or whether the user is disabled; ends the user's sessions.")
            .ProducesValidationProblem()
            .ProducesProblem(404);
        return users;
    }

    private static async Task<Ok<UserListResponse>> ListAsync(IUserStore users, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            new UserListResponse([.. (await users.GetAllUsersAsync(cancellationToken)).Select(ToResponse)])
        );

    private static async Task<Created<UserResponse>> CreateAsync(
        NewUser body,
        IUserStore users,
        CancellationToken cancellationToken
    )
    {
        var user = await users.CreateUserAsync(
            body.Username!,
            body.Password!,
            RoleNames.Parse(body.Role) ?? UserRole.User,
            metadata: null,
            cancellationToken
        );
        return TypedResults.Created($"/api/users/{user.Username}", ToResponse(user));
    }

    private static async Task<Ok<UserResponse>> ChangeAsync(
        string name,
        UserChange body,
        ClaimsPrincipal caller,
        IUserStore users,
        SessionStore sessions,
        CancellationToken cancellationToken
    )
    {
        var user = await FindAsync(name, users, cancellationToken);
        var role = RoleNames.Parse(body.Role);
        var isSelf = user.Username == caller.Username();
        if (isSelf && role == UserRole.User)
        {
            throw new FailureException(
                Failure.Field("role", "of your own account can only be lowered by another administrator.")
            );
        }

        if (isSelf && body.Disabled == true)
        {
            throw new FailureException(Failure.Field("disabled", "cannot be set on your own account."));
        }

        if (body.Disabled is { } disabled && disabled != user.IsDisabled)
        {
            await users.SetDisabledAsync(user.Username, disabled, cancellationToken);
        }

        if (role is { } newRole && newRole != user.Role)
        {
            await users.UpdateUserAsync(user.Username, newRole, metadata: null, cancellationToken);
        }

        if (body.Password is { } password)
        {
            await users.ResetPasswordAsync(user.Username, password, cancellationToken);
        }

        // Also when nothing was written: a call that failed half-way must still end the sessions when it is repeated.
        if (body.Disabled == true || role is not null || body.Password is not null)
        {
            await sessions.EndAllAsync(user.Username, isSelf ? caller.SessionId() : null, cancellationToken);
        }

        return TypedResults.Ok(ToResponse(await FindAsync(user.Username, users, cancellationToken)));
    }

    private static async Task<AuthUser> FindAsync(string name, IUserStore users, CancellationToken cancellationToken)
    {
        try
        {
            return await users.GetUserAsync(name, cancellationToken)
                ?? throw new AuthException(AuthErrorCode.UserNotFound, "There is no such user.");
        }
        catch (AuthException exception) when (exception.Code == AuthErrorCode.InvalidUsername)
        {
            throw new AuthException(AuthErrorCode.UserNotFound, exception.Message);
        }
    }

    private static UserResponse ToResponse(AuthUser user) =>
        new(user.Username, RoleNames.Of(user.Role), user.IsDisabled, user.CreatedAt, user.UpdatedAt);
}
