using System.Security.Claims;
using DataGen.Gateway.Auth;
using DataGen.Gateway.Problems;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.Auth;
using DataGen.ServiceDefaults.Identity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DataGen.Gateway.Users;

/// <summary><c>/api/users</c>, for administrators.</summary>
internal static class UsersApi
{
    private const string RoleProblem = "has to be user or admin.";

    /// <summary>Maps the calls.</summary>
    public static RouteGroupBuilder MapUsersApi(this RouteGroupBuilder api)
    {
        var users = api.MapGroup("/users")
            .WithTags("users")
            .RequireAuthorization(SessionsExtensions.AdminPolicy)
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
        var role = RoleNames.Parse(body.Role ?? "user");
        new FieldErrors()
            .Require("username", body.Username)
            .Add("password", PasswordRule.ProblemOf(body.Password))
            .Add("role", role is null ? RoleProblem : null)
            .ThrowIfAny();
        var user = await users.CreateUserAsync(
            body.Username!,
            body.Password!,
            role!.Value,
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
        new FieldErrors()
            .Add("role", body.Role is not null && role is null ? RoleProblem : null)
            .Add(
                "role",
                isSelf && role == UserRole.User
                    ? "of your own account can only be lowered by another administrator."
                    : null
            )
            .Add("disabled", isSelf && body.Disabled == true ? "cannot be set on your own account." : null)
            .Add("password", body.Password is not null ? PasswordRule.ProblemOf(body.Password) : null)
            .ThrowIfAny();

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

        // Also when nothing had to be written: a call that failed half-way and is repeated must still end them.
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
