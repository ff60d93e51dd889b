using DataGen.Ratio1.Auth;

namespace DataGen.Gateway.Problems;

/// <summary>Maps errors of the user store to answers.</summary>
internal static class AuthFailures
{
    /// <summary>The answer for <paramref name="exception"/>, whose message is written for people.</summary>
    public static Failure Describe(AuthException exception) =>
        exception.Code switch
        {
            AuthErrorCode.InvalidCredentials => new Failure(
                StatusCodes.Status401Unauthorized,
                "The user name or the password is wrong."
            ),
            AuthErrorCode.InvalidUsername => Failure.Field("username", exception.Message),
            AuthErrorCode.InvalidPassword => Failure.Field("password", exception.Message),
            AuthErrorCode.InvalidUserRole => Failure.Field("role", exception.Message),
            AuthErrorCode.UserExists => new Failure(
                StatusCodes.Status409Conflict,
                "A user of that name exists already."
            ),
            AuthErrorCode.UserNotFound => new Failure(StatusCodes.Status404NotFound, "There is no such user."),
            // Only an administrator gets here; for all others such a user does not exist.
            AuthErrorCode.UserSerialization => new Failure(
                StatusCodes.Status409Conflict,
                $"{exception.Message}. Nothing was changed; correct or remove the record in CStore."
            ),
            _ => new Failure(
                StatusCodes.Status500InternalServerError,
                "The stored user cannot be read; the log has the details."
            ),
        };
}
