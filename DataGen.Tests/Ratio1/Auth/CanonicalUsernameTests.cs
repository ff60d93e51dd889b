using DataGen.Ratio1.Auth;

namespace DataGen.Tests.Ratio1.Auth;

public sealed class CanonicalUsernameTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("  Bob.Smith-1_X  ", "bob.smith-1_x")]
    [InlineData("\u212aelvin", "kelvin")]
    [InlineData("\ufeffbomuser\ufeff", "bomuser")]
    [InlineData("\t\n\u000b\f\r\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000abc\u3000", "abc")]
    public void Names_are_folded_as_JavaScript_folds_them(string username, string canonical) =>
        Assert.Equal(canonical, CanonicalUsername.Of(username));

    [Theory]
    [InlineData(null, "value must be a string")]
    [InlineData("", "value must not be empty")]
    [InlineData(" \ufeff", "value must not be empty")]
    [InlineData("ab", "length must be between 3 and 64 characters")]
    [InlineData(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "length must be between 3 and 64 characters"
    )]
    [InlineData(
        "has space",
        "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
    )]
    [InlineData("naïve", "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization")]
    [InlineData(
        "İstanbul",
        "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
    )]
    [InlineData("İa", "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization")]
    [InlineData(
        "\u0085user",
        "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
    )]
    [InlineData(
        "user\u200b",
        "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
    )]
    [InlineData(
        "abc\u0000",
        "only lowercase letters, numbers, \".\", \"-\", and \"_\" are allowed after canonicalization"
    )]
    public void Other_names_are_refused_in_the_words_of_the_original(string? username, string problem)
    {
        var failure = Assert.Throws<AuthException>(() => CanonicalUsername.Of(username));
        Assert.Equal(("INVALID_USERNAME", $"Invalid username: {problem}"), (failure.WireCode, failure.Message));
    }
}
