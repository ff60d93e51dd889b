using System.Net;
using System.Text;

namespace DataGen.Tests.Mock;

/// <summary>A web page that somebody looks at cannot use the mock on the same machine.</summary>
public sealed class ForeignGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a program", "", HttpStatusCode.OK)]
    [InlineData("a container", "Host: mock:5100", HttpStatusCode.OK)]
    [InlineData("an address", "Host: 10.1.2.3", HttpStatusCode.OK)]
    [InlineData("a page of the mock itself", "Host: mock:5100; Origin: http://mock:5100", HttpStatusCode.OK)]
    [InlineData("a page of another site", "Origin: https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("a sandboxed page", "Origin: null", HttpStatusCode.Forbidden)]
    [InlineData(
        "a form of another site",
        "Sec-Fetch-Site: cross-site; Sec-Fetch-Mode: navigate",
        HttpStatusCode.Forbidden
    )]
    [InlineData("a name with this address", "Host: evil.example", HttpStatusCode.Forbidden)]
    [InlineData(
        "a name with this address and its page",
        "Host: evil.example; Origin: http://evil.example",
        HttpStatusCode.Forbidden
    )]
    [InlineData("a name that ends like an address", "Host: 127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    public async Task Only_what_is_no_foreign_page_writes(string who, string headers, HttpStatusCode expected)
    {
        await using var mock = await RunningMock.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hset")
        {
            Content = new StringContent(
                """{"hkey":"auth:default","key":"eve","value":"{}","chainstore_peers":[]}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        foreach (var header in headers.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            request.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        using var response = await mock.Http.SendAsync(request, Ct);

        Assert.Equal((who, expected), (who, response.StatusCode));
        var kept = await mock.Http.GetStringAsync("/hget?hkey=auth%3Adefault&key=eve", Ct);
        Assert.Equal(expected == HttpStatusCode.OK, kept.Contains("{}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("navigate", HttpStatusCode.OK)]
    [InlineData("no-cors", HttpStatusCode.Forbidden)]
    public async Task A_link_to_the_switches_can_be_followed_and_nothing_is_read_by_script(
        string mode,
        HttpStatusCode expected
    )
    {
        await using var mock = await RunningMock.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mock/faults");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", mode);

        using var response = await mock.Http.SendAsync(request, Ct);

        Assert.Equal(expected, response.StatusCode);
    }
}
