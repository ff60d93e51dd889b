using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.Json;
using DataGen.Tests.Ratio1.Support;
using DataGen.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>Hashes that the real npm package made, checked and made again.</summary>
public sealed class PasswordVectorTests
{
    public static TheoryData<string, string, string, string, string> Recorded
    {
        get
        {
            var data = new TheoryData<string, string, string, string, string>();
            foreach (
                var vector in Vectors
                    .Load("password-vectors")
                    .EnumerateObject()
                    .SelectMany(algorithm => algorithm.Value.EnumerateArray().Select(entry => (algorithm.Name, entry)))
            )
            {
                data.Add(
                    vector.Name,
                    vector.entry.Text("username"),
                    vector.entry.Text("password"),
                    vector.entry.Text("pepper"),
                    vector.entry.Text("storedValue")
                );
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Only_the_right_password_with_the_right_pepper_is_verified(
        string algorithm,
        string username,
        string password,
        string pepper,
        string storedValue
    )
    {
        var token = TestContext.Current.CancellationToken;
        var record = PasswordRecord.Read(username, UserRecord.Parse(username, storedValue).Password!);
        Assert.Equal(algorithm, record.Algorithm.AlgorithmName);
        using var hasher = new PasswordHasher(pepper);
        using var otherHasher = new PasswordHasher(pepper + "x");
        Assert.True(await hasher.VerifyAsync(password, record, token));
        Assert.False(await hasher.VerifyAsync(password + " ", record, token));
        Assert.False(await otherHasher.VerifyAsync(password, record, token));
    }

    [Fact]
    public void A_record_is_written_as_it_was_read() =>
        Assert.All(
            Recorded,
            vector =>
            {
                var (_, username, _, _, storedValue) = vector.Data;
                var record = UserRecord.Parse(username, storedValue);
                Assert.Equal(storedValue, record.Stringify());
                Assert.Equal(
                    record.Password!.ToJsonString(),
                    PasswordRecord.Read(username, record.Password).ToJson().ToJsonString()
                );
            }
        );

    [Fact]
    public async Task A_changed_password_leaves_scrypt_behind_and_the_rest_of_the_record_as_it_was()
    {
        var token = TestContext.Current.CancellationToken;
        var vector = Vectors
            .Load("password-vectors")
            .GetProperty("scrypt")
            .EnumerateArray()
            .First(entry => entry.Text("username") == "alice");
        var store = new InMemoryCStore();
        await store.HashSetAsync("auth", "alice", vector.Text("storedValue"), token);
        var options = new CStoreAuthOptions { HashKey = "auth", Secret = vector.Text("pepper") };
        using var users = new UserStore(
            store,
            options,
            new FakeTimeProvider(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            NullLogger<UserStore>.Instance
        );
        await users.ChangePasswordAsync("alice", vector.Text("password"), "new password", token);

        var record = (JsonObject)JsonNode.Parse((await store.HashGetAsync("auth", "alice", token))!)!;
        Assert.Equal("argon2id", record["password"]!["algo"]!.GetValue<string>());
        var expected = (JsonObject)JsonNode.Parse(vector.Text("storedValue"))!;
        expected["updatedAt"] = "2027-01-01T00:00:00.000Z";
        expected["password"] = record["password"]!.DeepClone();
        Assert.Equal(expected.ToJsonString(), record.ToJsonString());
        Assert.Equal("alice", (await users.AuthenticateAsync("alice", "new password", token)).Username);
    }

    [Theory]
    [InlineData(
        """{"algo":"argon2id","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"timeCost":1,"memoryCost":1048576,"parallelism":1,"outputLen":32}}"""
    )]
    [InlineData(
        """{"algo":"argon2id","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"timeCost":32,"memoryCost":65536,"parallelism":1,"outputLen":32}}"""
    )]
    [InlineData(
        """{"algo":"scrypt","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"N":32768,"r":8,"p":5,"keyLength":32}}"""
    )]
    [InlineData(
        """{"algo":"argon2id","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"timeCost":3,"memoryCost":2000000000,"parallelism":1,"outputLen":32}}"""
    )]
    [InlineData(
        """{"algo":"argon2id","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"timeCost":3,"memoryCost":65536,"parallelism":1}}"""
    )]
    [InlineData("""{"algo":"argon2id","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":[]}""")]
    [InlineData(
        """{"algo":"argon2id","hash":"AAAA","salt":"AAAA","version":1,"params":{"timeCost":3,"memoryCost":65536,"parallelism":1,"outputLen":32}}"""
    )]
    [InlineData(
        """{"algo":"argon2id","hash":"not base64","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"timeCost":3,"memoryCost":65536,"parallelism":1,"outputLen":32}}"""
    )]
    [InlineData(
        """{"algo":"scrypt","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"N":32767,"r":8,"p":1,"keyLength":32}}"""
    )]
    [InlineData(
        """{"algo":"scrypt","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"N":1048576,"r":64,"p":1,"keyLength":32}}"""
    )]
    [InlineData(
        """{"algo":"scrypt","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"N":"32768","r":8,"p":1,"keyLength":32}}"""
    )]
    public void What_no_honest_client_writes_is_not_computed(string password)
    {
        var failure = Assert.Throws<AuthException>(() =>
            PasswordRecord.Read("eve", (JsonObject)JsonTree.Parse(password)!)
        );
        Assert.Equal(AuthErrorCode.UserSerialization, failure.Code);
    }
}
