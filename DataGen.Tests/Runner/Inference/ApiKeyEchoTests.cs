using System.Text;
using DataGen.Runner.Inference;

namespace DataGen.Tests.Runner.Inference;

public sealed class ApiKeyEchoTests
{
    [Theory]
    [InlineData("anything", false)]
    [InlineData("whatever", false)]
    [InlineData("lm-studio", false)]
    [InlineData("not-needed", false)]
    [InlineData("sk-1234", false)]
    [InlineData("sk-12345", true)]
    [InlineData("password1", true)]
    [InlineData("abcdefghij-klmnopqr", false)]
    [InlineData("abcdefghij-klmnopqrs", true)]
    public void A_key_is_looked_for_in_records_when_it_looks_like_a_secret(string key, bool isFound)
    {
        var echo = new ApiKeyEcho(key);
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

        Assert.Equal(isFound, echo.IsWholeIn(Encoding.UTF8.GetBytes($$"""{"note":"It says {{key}}."}""")));
        Assert.Equal(isFound, echo.IsWholeIn(Encoding.UTF8.GetBytes($$"""{"note":"{{base64}}"}""")));
    }

    [Theory]
    [InlineData("anything")]
    [InlineData("sk-12345")]
    public void In_what_a_server_says_every_key_is_hidden(string key)
    {
        var echo = new ApiKeyEcho(key);

        Assert.True(echo.IsIn($"Your key {key} is odd"));
        Assert.DoesNotContain(key, echo.Hide($"Your key {key} is odd"), StringComparison.Ordinal);
    }
}
