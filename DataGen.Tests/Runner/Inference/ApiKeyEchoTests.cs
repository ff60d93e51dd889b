using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
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
    [InlineData("sk/a+b?c>d~e/f+1/2?3>4~")]
    [InlineData("sk-é~ÿ?ÿ>1234567890")]
    [InlineData("sk \"quoted\" \\ 12345")]
    public void A_key_of_odd_characters_is_found_in_records_in_the_spellings_of_addresses_and_JSON(string key)
    {
        var echo = new ApiKeyEcho(key);
        var bytes = Encoding.UTF8.GetBytes(key);
        string[] spellings =
        [
            JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(key),
            Uri.EscapeDataString(key).ToLowerInvariant(),
            WebUtility.UrlEncode(key),
            string.Concat(bytes.Select(each => $"%{each:X2}")),
            string.Concat(bytes.Select(each => $"%{each:x2}")),
            Base64Url.EncodeToString(bytes),
            Base64Url.EncodeToString([.. "Bearer "u8, .. bytes]),
            Convert.ToBase64String(bytes),
        ];

        foreach (var spelling in spellings)
        {
            Assert.True(echo.IsWholeIn(Encoding.UTF8.GetBytes($$"""{"note":"It says {{spelling}}."}""")), spelling);
            Assert.True(echo.IsIn($"It says {spelling}."), spelling);
        }

        Assert.False(echo.IsWholeIn("""{"note":"It says sk-12345%2D67890."}"""u8));
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
