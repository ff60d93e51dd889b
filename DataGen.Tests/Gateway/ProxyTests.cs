using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace DataGen.Tests.Gateway;

/// <summary>What the Gateway believes of where a request comes from, and by which name.</summary>
public sealed class ProxyTests
{
    private const string Client = "198.51.100.7";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData("10.0.0.0/8", "127.0.0.1", false)]
    [InlineData("127.0.0.1", Client, true)]
    [InlineData("10.0.0.0/8, 127.0.0.0/8", Client, true)]
    public async Task Forwarded_headers_are_believed_from_trusted_proxies_alone(
        string? proxies,
        string address,
        bool isSecure
    )
    {
        await using var gateway = await GatewayHost.StartAsync(host =>
        {
            host.Settings["DATAGEN_TRUSTED_PROXIES"] = proxies;
            host.Settings["DATAGEN_ALLOWED_HOSTS"] = "datagen.example";
            host.Settings["ForwardedHeaders_Enabled"] = "true";
        });
        using var request = SignIn("ann", FakeUsers.AnnPassword);
        request.Headers.Host = "inner";
        request.Headers.Add("X-Forwarded-For", Client);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "datagen.example");

        using var signedIn = await gateway.Client.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        Assert.All(
            signedIn.Headers.GetValues("Set-Cookie"),
            cookie => Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase))
        );
        Assert.Equal(isSecure, signedIn.Headers.Contains("Strict-Transport-Security"));
        var session = JsonNode.Parse(gateway.Store.Fields.Values.Single())!["value"]!;
        Assert.Equal(address, (string?)session["address"]);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("gateway", true)]
    [InlineData("datagen.localhost", true)]
    [InlineData("Datagen.Example.com", true)]
    [InlineData("datagen.example.com.", true)]
    [InlineData("a.example.org", true)]
    [InlineData("example.org", false)]
    [InlineData("evil.example", false)]
    [InlineData("notdatagen.example.com", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    public async Task A_name_that_is_not_ours_is_refused(string host, bool taken)
    {
        await using var gateway = await GatewayHost.StartAsync(settings =>
            settings.Settings["DATAGEN_ALLOWED_HOSTS"] = "datagen.example.com, *.example.org"
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { Host = host } };
        using var probe = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };

        Assert.Equal(
            taken ? HttpStatusCode.Unauthorized : HttpStatusCode.BadRequest,
            await gateway.Client.SendAsync(request, Ct).StatusAsync()
        );
        Assert.Equal(HttpStatusCode.OK, await gateway.Client.SendAsync(probe, Ct).StatusAsync());
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".localhost")]
    [InlineData("a..localhost")]
    [InlineData("(x).localhost")]
    [InlineData("localhost:65536")]
    public async Task What_is_no_name_at_all_is_refused(string host)
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/login");
        request.Headers.TryAddWithoutValidation("Host", host);

        Assert.Equal(HttpStatusCode.BadRequest, await gateway.Client.SendAsync(request, Ct).StatusAsync());
    }

    [Fact]
    public async Task A_star_takes_every_name()
    {
        await using var gateway = await GatewayHost.StartAsync(settings =>
            settings.Settings["DATAGEN_ALLOWED_HOSTS"] = "*"
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me")
        {
            Headers = { Host = "any.example" },
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.SendAsync(request, Ct).StatusAsync());
    }

    [Theory]
    [InlineData("*")]
    [InlineData("+")]
    [InlineData("0.0.0.0")]
    public async Task Listening_everywhere_takes_no_more_names(string appHost)
    {
        await using var gateway = await GatewayHost.StartAsync(settings =>
            settings.Settings["DATAGEN_APP_HOST"] = appHost
        );
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me")
        {
            Headers = { Host = "evil.example" },
        };
        using var address = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { Host = "192.0.2.7" } };

        Assert.Equal(HttpStatusCode.BadRequest, await gateway.Client.SendAsync(foreign, Ct).StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.SendAsync(address, Ct).StatusAsync());
    }

    [Theory]
    [InlineData("DATAGEN_TRUSTED_PROXIES", "10", "'10' is neither an IP address nor a network such as 10.0.0.0/8.")]
    [InlineData(
        "DATAGEN_TRUSTED_PROXIES",
        "10.1/16",
        "'10.1/16' is neither an IP address nor a network such as 10.0.0.0/8."
    )]
    [InlineData(
        "DATAGEN_TRUSTED_PROXIES",
        "10.0.0.0/33",
        "'10.0.0.0/33' is neither an IP address nor a network such as 10.0.0.0/8."
    )]
    [InlineData(
        "DATAGEN_TRUSTED_PROXIES",
        "127.0.0.1, proxy",
        "'proxy' is neither an IP address nor a network such as 10.0.0.0/8."
    )]
    [InlineData("DATAGEN_ALLOWED_HOSTS", "https://datagen.example", "'https://datagen.example' is no host name.")]
    public async Task A_bad_setting_stops_the_start_with_a_line_that_names_it(string name, string value, string problem)
    {
        await using var gateway = new GatewayHost();
        gateway.Settings[name] = value;

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(gateway.StartAsync);

        Assert.Equal([$"{name}: {problem}"], failure.Failures);
    }

    [Fact]
    public async Task Many_browsers_of_a_user_have_no_more_attempts_than_a_few_and_take_none_from_the_user()
    {
        const string home = "192.0.2.5";
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Settings["DATAGEN_TRUSTED_PROXIES"] = "127.0.0.1"
        );
        using var atHome = await FromAsync(gateway, home, FakeUsers.AnnPassword);
        var own = Device(atHome);
        var kept = new List<string>();
        for (var browser = 0; browser < 15; browser++)
        {
            using var signedIn = await FromAsync(gateway, $"198.51.100.{browser}", FakeUsers.AnnPassword);
            kept.Add(Device(signedIn));
        }

        // One more would be refused to each of them for its own sake.
        var refused = 0;
        foreach (var device in Enumerable.Range(0, 9).SelectMany(_ => kept))
        {
            refused +=
                await FromAsync(gateway, "203.0.113.9", "guess", device).StatusAsync() == HttpStatusCode.TooManyRequests
                    ? 1
                    : 0;
        }

        // What the browsers share and what the name has is used up; what the user has at home is not.
        Assert.NotEqual(0, refused);
        Assert.Equal(HttpStatusCode.OK, await FromAsync(gateway, home, FakeUsers.AnnPassword, own).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await FromAsync(gateway, home, FakeUsers.AnnPassword).StatusAsync());
    }

    [Fact]
    public async Task A_flood_of_attempts_on_a_name_locks_out_neither_its_users_address_nor_its_users_browser()
    {
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Settings["DATAGEN_TRUSTED_PROXIES"] = "127.0.0.1"
        );
        using var known = await FromAsync(gateway, Client, FakeUsers.AnnPassword);
        var cookie = DeviceCookie(known);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var device = Device(known);
        await UntilThrottledAsync("203.0.113.9");

        Assert.Equal(HttpStatusCode.OK, await FromAsync(gateway, Client, FakeUsers.AnnPassword).StatusAsync());

        // The attacker sits in the same network.
        await UntilThrottledAsync(Client);
        Assert.Equal(HttpStatusCode.OK, await FromAsync(gateway, Client, FakeUsers.AnnPassword, device).StatusAsync());

        // It is hers alone, and cannot be made: without it the name's share is used up.
        var parts = device.Split('=', 2)[1].Split('.');
        await UntilThrottledAsync("203.0.113.9");
        foreach (
            var forged in new[]
            {
                $"{parts[0]}.x.{parts[2]}",
                $"YWRtaW4.{parts[1]}.{parts[2]}",
                $"{parts[0]}.{parts[1]}",
                "",
            }
        )
        {
            Assert.InRange(await UntilThrottledAsync("192.0.2.1", $"datagen_device={forged}"), 1, 6);
        }

        // How many wrong passwords it took.
        async Task<int> UntilThrottledAsync(string address, string? cookie = null)
        {
            for (var attempt = 1; attempt <= 200; attempt++)
            {
                if (
                    await FromAsync(gateway, address, $"guess {attempt}", cookie).StatusAsync()
                    == HttpStatusCode.TooManyRequests
                )
                {
                    return attempt;
                }
            }

            throw new InvalidOperationException("Nobody was throttled.");
        }
    }

    private static string DeviceCookie(HttpResponseMessage signedIn) =>
        signedIn
            .Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("datagen_device=", StringComparison.Ordinal));

    private static string Device(HttpResponseMessage signedIn) => DeviceCookie(signedIn).Split(';')[0];

    private static Task<HttpResponseMessage> FromAsync(
        GatewayHost gateway,
        string address,
        string password,
        string? cookie = null
    )
    {
        var request = SignIn("ann", password);
        request.Headers.Add("X-Forwarded-For", address);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return gateway.Client.SendAsync(request, Ct);
    }

    private static HttpRequestMessage SignIn(string username, string password) =>
        new(HttpMethod.Post, "/api/auth/login") { Content = JsonContent.Create(new { username, password }) };
}
