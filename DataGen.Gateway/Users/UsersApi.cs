using System.Security.Claims;
using DataGen.Gateway.ApiTokens;
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
        users.MapGet("", ListAsync).WithSummary("List users").WithDescription("All users.");
        users
            .MapPost("", CreateAsync)
            .WithSummary("Create a user")
            .WithDescription("Creates a user.")
            .ProducesValidationProblem()
            .ProducesProblem(409);
        users
            .MapPatch("/{name}", ChangeAsync)
            .WithSummary("Change a user")
            .WithDescription("Changes role, password or whether the user is disabled; ends the user's sessions.")
            .ProducesValidationProblem()
            .ProducesProblem(404)
            .ProducesProblem(409);
        users
            .MapGet("/{name}/tokens", ListTokensAsync)
            .WithSummary("List a user's tokens")
            .WithDescription("A user's API tokens.")
            .ProducesProblem(404);
        users
            .MapDelete("/{name}/tokens/{id}", RevokeTokenAsync)
            .WithSummary("Revoke a user's token")
            .WithDescription("Revokes a user's API token.")
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
        KnownUsers known,
        Administrators administrators,
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

        if (user is { Role: UserRole.Admin, IsDisabled: false } && (role == UserRole.User || body.Disabled == true))
        {
            await administrators.TakeAwayAsync(
                user.Username,
                token => SetAsync(users, user, role, body.Disabled, token),
                token => SetAsync(users, user, user.Role, user.IsDisabled, token),
                cancellationToken
            );
        }
        else
        {
            await SetAsync(users, user, role, body.Disabled, cancellationToken);
        }

        var own = isSelf ? caller.SessionId() : null;
        if (body.Password is { } password)
        {
            var reset = await users.ResetPasswordAsync(user.Username, password, cancellationToken);
            if (own is not null)
            {
                await sessions.RenewAsync(user.Username, own, reset.PasswordStamp, cancellationToken);
            }
        }

        known.Forget(user.Username);
        var changed = await FindAsync(user.Username, users, cancellationToken);

        // The sessions are invalid as soon as the user's record is changed; this removes them from the store. It also
        // runs when nothing was written: a call that failed half-way must still end them when it is repeated.
        if (body.Disabled == true || role is not null || body.Password is not null)
        {
            await sessions.EndAllAsync(user.Username, own, cancellationToken);
        }

        return TypedResults.Ok(ToResponse(changed));
    }

    private static async Task SetAsync(
        IUserStore users,
        AuthUser user,
        UserRole? role,
        bool? disabled,
        CancellationToken cancellationToken
    )
    {
        if (disabled is { } isDisabled)
        {
            await users.SetDisabledAsync(user.Username, isDisabled, cancellationToken);
        }

        if (role is { } newRole)
        {
            await users.UpdateUserAsync(user.Username, newRole, metadata: null, cancellationToken);
        }
    }

    private static async Task<Ok<ApiTokenListResponse>> ListTokensAsync(
        string name,
        IUserStore users,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await ApiTokensApi.ListAsync(
                (await FindAsync(name, users, cancellationToken)).Username,
                tokens,
                cancellationToken
            )
        );

    private static async Task<NoContent> RevokeTokenAsync(
        string name,
        string id,
        IUserStore users,
        ApiTokenStore tokens,
        CancellationToken cancellationToken
    )
    {
        await ApiTokensApi.RevokeAsync(
            (await FindAsync(name, users, cancellationToken)).Username,
            id,
            tokens,
            cancellationToken
        );
        return TypedResults.NoContent();
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
