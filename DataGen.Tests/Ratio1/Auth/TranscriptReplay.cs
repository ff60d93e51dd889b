using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Tests.Ratio1.Support;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>
/// Replays one step: the clock and the salts are those of the recorded write. Passwords that were recorded are hashed
/// in earnest; where only the hash was
/// recorded, the password is <see cref="Unrecorded"/> and that hash is taken (what hashing does is proven by the
/// password vectors).
/// </summary>
internal sealed class TranscriptReplay : IDisposable
{
    public const string Unrecorded = "the password was not recorded";

    private readonly JsonElement step;
    private readonly TranscriptTransport transport;
    private readonly List<UserStore> stores = [];
    private readonly FakeTimeProvider time = new();

    public TranscriptReplay(JsonElement step)
    {
        this.step = step;
        transport = new TranscriptTransport(step);
        if (WrittenRecord() is { } record)
        {
            time.SetUtcNow(DateTimeOffset.Parse(record["updatedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        }
    }

    public FakeLogger<UserStore> Logger { get; } = new();

    /// <summary>A user store on the recorded transport.</summary>
    public UserStore Users(
        string pepper = "pepper-ϖ-0123456789abcdef",
        string hashKey = "auth:vectors",
        string? bootstrapPassword = "Adm1n-Bootstrap!"
    )
    {
        var store = new UserStore(
            Clients.CStore(transport, options => options with { ReadRetries = 0, WriteRetries = 0 }),
            new CStoreAuthOptions
            {
                HashKey = hashKey,
                Secret = pepper,
                BootstrapPassword = bootstrapPassword,
            },
            time,
            Logger,
            new PasswordHasher(pepper, _ => Convert.FromBase64String(Written("salt")), Compute, slots: 1)
        );
        stores.Add(store);
        return store;
    }

    /// <summary>Asserts the recorded outcome: a user or none, or the error's code and words.</summary>
    public async Task AssertOutcomeAsync(Func<Task<object?>> call)
    {
        if (step.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
        {
            var failure = await Assert.ThrowsAsync<AuthException>(call);
            Assert.Equal((error.Text("code"), error.Text("message")), (failure.WireCode, failure.Message));
        }
        else
        {
            var result = await call();
            Assert.Equal(
                Canonical(step.GetProperty("result")),
                result is AuthUser user ? Canonical(user) : result?.ToString() ?? "null"
            );
        }

        AssertAllRequestsMade();
    }

    public void AssertAllRequestsMade() => Assert.Equal(0, transport.Left);

    /// <summary>Asserts that the log says the words of the original's log.</summary>
    public void AssertLog() =>
        Assert.Equal(
            step.GetProperty("logs").EnumerateArray().Select(entry => entry[1].GetString()),
            Logger.Collector.GetSnapshot().Select(record => record.Message)
        );

    public void Dispose() => stores.ForEach(store => store.Dispose());

    private static string Canonical(JsonElement user) =>
        user.ValueKind != JsonValueKind.Object
            ? user.ToString() is ""
                ? "null"
                : user.ToString()
            : $"{user.Text("username")} {user.Text("role")} {JsonNode.Parse(Metadata(user))!.ToJsonString()} {user.Text("createdAt")} {user.Text("updatedAt")}";

    // An array as metadata cannot be shown as an object.
    private static string Metadata(JsonElement user) =>
        user.GetProperty("metadata") is { ValueKind: JsonValueKind.Object } metadata ? metadata.GetRawText() : "{}";

    private static string Canonical(AuthUser user) =>
        $"{user.Username} {(user.Role == UserRole.Admin ? "admin" : "user")} {user.Metadata.ToJsonString()} {user.CreatedAt} {user.UpdatedAt}";

    private byte[] Compute(PasswordAlgorithm algorithm, byte[] password, byte[] salt, byte[] pepper) =>
        Encoding.UTF8.GetString(password) != Unrecorded
            ? algorithm.Compute(password, salt, pepper)
            : Convert.FromBase64String(
                WrittenRecord() is not null && Written("salt") == Convert.ToBase64String(salt)
                    ? Written("hash")
                    : Stored("hash")
            );

    private JsonNode? WrittenRecord() =>
        step.GetProperty("requests")
            .EnumerateArray()
            .Where(request => request.Text("path") == "/hset")
            .Select(request => JsonNode.Parse(JsonNode.Parse(request.Text("body"))!["value"]!.GetValue<string>()))
            .LastOrDefault();

    private string Written(string member) => WrittenRecord()!["password"]![member]!.GetValue<string>();

    // The hash that was read; where the step read no usable record, one that fits nothing.
    private string Stored(string member)
    {
        var result = JsonNode.Parse(step.GetProperty("requests")[0].Text("responseBody"))!["result"];
        var text =
            result is JsonValue value
            && value.TryGetValue<string>(out var stored)
            && stored.StartsWith("{\"", StringComparison.Ordinal)
                ? stored
            : result is JsonObject ? result.ToJsonString()
            : "{}";
        return
            JsonNode.Parse(text) is JsonObject record
            && record["password"] is JsonObject password
            && password[member] is { } found
            ? found.GetValue<string>()
            : "AAAA";
    }
}
