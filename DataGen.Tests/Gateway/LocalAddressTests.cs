using DataGen.Gateway.Auth;

namespace DataGen.Tests.Gateway;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/tasks/1?q=a%20b#records", "/tasks/1?q=a%20b#records")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a//b", "/a//b")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("tasks", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/./\\evil.example", "/")]
    [InlineData("/a/..//evil.example", "/")]
    [InlineData("/%2e//evil.example", "/")]
    [InlineData("/%2E%2e//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/.\t//evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/@evil.example", "/@evil.example")]
    [InlineData("javascript:alert(1)", "/")]
    public void Only_an_address_of_this_site_is_gone_to(string? address, string expected) =>
        Assert.Equal(expected, LocalAddress.Of(address));
}
