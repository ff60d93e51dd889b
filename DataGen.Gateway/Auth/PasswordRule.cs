namespace DataGen.Gateway.Auth;

/// <summary>What a new password must be. Passwords that exist already, set by other apps too, stay good.</summary>
internal static class PasswordRule
{
    private const int ShortestLength = 8;

    /// <summary>What is wrong with a new password, or null.</summary>
    public static string? ProblemOf(string? password) =>
        password switch
        {
            null or "" => "is required.",
            { Length: < ShortestLength } => $"has to have at least {ShortestLength} characters.",
            _ => null,
        };
}
