using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DataGen.Gateway.Sessions;
using DataGen.Ratio1.CStore;
using DataGen.ServiceDefaults.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Gateway;

public sealed class SessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_whose_record_is_gone_is_no_session()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var (hash, field) = Assert.Single(gateway.Store.Fields.Keys);
        Assert.Equal("datagen:user:ann:sessions", hash);

        await gateway.Store.HashSetAsync(hash, field, null, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_session_ended_on_one_replica_is_dead_on_the_other()
    {
        await using var one = await GatewayHost.StartAsync();
        await using var other = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<ICStore>(one.Store)
        );
        using var onOne = await one.SignInAsync();
        using var onOther = other.NewClient();
        onOther.DefaultRequestHeaders.Authorization = onOne.DefaultRequestHeaders.Authorization;
        Assert.Equal(HttpStatusCode.OK, await onOther.GetAsync("/api/auth/me", Ct).StatusAsync());

        Assert.Equal(HttpStatusCode.NoContent, await onOne.PostAsync("/api/auth/logout", null, Ct).StatusAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, await onOther.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task A_stored_session_holds_what_its_owner_wants_to_see_and_no_token()
    {
        await using var gateway = await GatewayHost.StartAsync();
        gateway.Client.DefaultRequestHeaders.UserAgent.ParseAdd("curl/8.9");

        var token = await gateway.TokenAsync();

        var (key, value) = Assert.Single(gateway.Store.Fields);
        var record = JsonNode.Parse(value)!["value"]!.AsObject();
        Assert.Equal(
            ["id", "kind", "createdAt", "expiresAt", "role", "passwordStamp", "userAgent", "address"],
            record.Select(member => member.Key)
        );
        Assert.Equal(
            (key.Field, "Token", "curl/8.9", "127.0.0.1"),
            ((string)record["id"]!, (string)record["kind"]!, (string)record["userAgent"]!, (string)record["address"]!)
        );
        Assert.Equal(TimeSpan.FromDays(7), (DateTime)record["expiresAt"]! - (DateTime)record["createdAt"]!);
        Assert.DoesNotContain(token, value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_after_seven_days()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await GatewayHost.StartAsync(host =>
            host.Configure = services => services.AddSingleton<TimeProvider>(clock)
        );
        using var ann = await gateway.SignInAsync();

        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(HttpStatusCode.Unauthorized, await ann.GetAsync("/api/auth/me", Ct).StatusAsync());
    }

    [Fact]
    public async Task Tokens_that_we_did_not_sign_let_nobody_in()
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.TokenAsync();
        var parts = token.Split('.');
        var asAdmin = Encoding
            .UTF8.GetString(Convert.FromBase64String(Pad(parts[1])))
            .Replace("\"user\"", "\"admin\"", StringComparison.Ordinal);
        string[] forged =
        [
            "nonsense",
            token[..^4] + "AAAA",
            $"{parts[0]}.{Encode(asAdmin)}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            new IdentityTokens(GatewayHost.SessionSecret, TimeProvider.System).Issue("ann", "user"),
            new SessionTokens("another-secret-0123456789abcdef-0123456789", TimeProvider.System).Issue(
                new SessionClaims("ann", "user", gateway.Store.Fields.Keys.Single().Field, DateTime.UtcNow.AddDays(1))
            ),
        ];

        foreach (var bad in forged)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bad);
            Assert.Equal(HttpStatusCode.Unauthorized, await gateway.Client.SendAsync(request, Ct).StatusAsync());
        }
    }

    [Fact]
    public async Task The_sessions_of_a_user_end_together()
    {
        await using var gateway = await GatewayHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await gateway.TokenAsync();
        }

        var gate = new TaskCompletionSource();
        var before = gateway.Store.Writes;
        gateway.Store.BeforeWrite = () => gate.Task;

        var ending = gateway.Services.GetRequiredService<SessionStore>().EndAllAsync("ann", exceptId: null, Ct);
        await Eventually.TrueAsync(() => gateway.Store.Writes - before == 3);
        gate.SetResult();
        await ending;

        Assert.Empty(gateway.Store.Fields);
    }

    [Fact]
    public async Task Requests_at_the_same_moment_share_their_lookups()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ann = await gateway.SignInAsync();
        var gate = new TaskCompletionSource();
        var before = gateway.Store.Reads;
        gateway.Store.BeforeRead = () => gate.Task;

        var requests = Enumerable.Range(0, 20).Select(_ => ann.GetAsync("/api/auth/me", Ct).StatusAsync()).ToArray();
        await Eventually.TrueAsync(() => gateway.Store.Reads > before);
        gate.SetResult();

        Assert.All(await Task.WhenAll(requests), status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.InRange(gateway.Store.Reads - before, 1, 19);
    }

    [Fact]
    public async Task A_read_that_began_before_the_question_is_not_its_answer()
    {
        var gates = new[] { new TaskCompletionSource<string>(), new TaskCompletionSource<string>() };
        var calls = 0;
        var reads = new SharedReads<string, string>(
            (_, _) => gates[Interlocked.Increment(ref calls) - 1].Task,
            TimeSpan.FromSeconds(5)
        );

        var first = reads.GetAsync("key", Ct);
        await Eventually.TrueAsync(() => Volatile.Read(ref calls) == 1);
        var second = reads.GetAsync("key", Ct);
        var third = reads.GetAsync("key", Ct);
        gates[0].SetResult("live");
        Assert.Equal("live", await first);
        gates[1].SetResult("revoked");

        Assert.Equal(["revoked", "revoked"], await Task.WhenAll(second, third));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_shared_read_that_fails_fails_for_those_who_share_it_only()
    {
        var calls = 0;
        var reads = new SharedReads<string, int>(
            (_, _) =>
                Interlocked.Increment(ref calls) == 1
                    ? throw new InvalidOperationException("away")
                    : Task.FromResult(calls),
            TimeSpan.FromSeconds(5)
        );

        await Assert.ThrowsAsync<InvalidOperationException>(() => reads.GetAsync("key", Ct));

        Assert.Equal(2, await reads.GetAsync("key", Ct));
    }

    private static string Pad(string base64Url) =>
        base64Url.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (base64Url.Length % 4)) % 4);

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
