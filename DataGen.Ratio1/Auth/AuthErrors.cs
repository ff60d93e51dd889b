namespace DataGen.Ratio1.Auth;

/// <summary>The failures of cstore-auth-ts 1.0.0 with its own messages (dist/index.mjs).</summary>
internal static class AuthErrors
{
    public static AuthException EnvVarMissing(string name) =>
        new(AuthErrorCode.EnvVarMissing, $"Environment variable {name} is required but was not provided.");

    public static AuthException UserExists(string username) =>
        new(AuthErrorCode.UserExists, $"User \"{username}\" already exists.");

    public static AuthException UserNotFound(string username) =>
        new(AuthErrorCode.UserNotFound, $"User \"{username}\" not found.");

    public static AuthException InvalidUsername(string problem) =>
        new(AuthErrorCode.InvalidUsername, $"Invalid username: {problem}");

    public static AuthException InvalidPassword() =>
        new(AuthErrorCode.InvalidPassword, "Invalid password: value must be a non-empty string");

    public static AuthException InvalidUserRole(UserRole role) =>
        new(AuthErrorCode.InvalidUserRole, $"Invalid user role \"{(int)role}\". Expected \"admin\" or \"user\".");

    public static AuthException InvalidCredentials() =>
        new(AuthErrorCode.InvalidCredentials, "Invalid username or password.");

    public static AuthException PasswordHasherUnavailable(string algorithm) =>
        new(
            AuthErrorCode.PasswordHasherUnavailable,
            $"Password hasher for algorithm \"{algorithm}\" is unavailable in this runtime. Ensure the necessary dependencies are installed."
        );

    public static AuthException UserSerialization(string username, string problem) =>
        new(AuthErrorCode.UserSerialization, $"Failed to parse user record for \"{username}\": {problem}");
}
