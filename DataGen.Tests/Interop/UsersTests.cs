using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using static DataGen.Tests.Interop.SharedNode;

namespace DataGen.Tests.Interop;

/// <summary>Users shared with an app on the real <c>@ratio1/cstore-auth-ts</c>. Where the hash does not matter it is
/// scrypt, the cheaper one.</summary>
public sealed class UsersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What looks the same is another password: neither side normalises.
    private static string OtherNormalForm => Password.Replace("e\u0301", "\u00e9", StringComparison.Ordinal);

    private static JsonObject Metadata =>
        new()
        {
            ["name"] = "Ünïcode 🔒 \u2028",
            ["limits"] = new JsonObject { ["tasks"] = 1.5, ["models"] = new JsonArray("a", null, true) },
        };

    [Theory]
    [InlineData("argon2id")]
    [InlineData("scrypt")]
    public async Task A_user_that_the_package_created_signs_in_here(string algorithm)
    {
        await using var node = await StartAsync(algorithm);
        var created = await node.App.CallAsync(
            "users.createUser",
            "\ufeff Alice\n",
            Password,
            new JsonObject { ["role"] = "admin", ["metadata"] = Metadata }
        );

        AssertSame(created, await node.Users.AuthenticateAsync("ALICE ", Password, Token));
        await AssertRefusedAsync(() => node.Users.AuthenticateAsync("alice", OtherNormalForm, Token));
        Assert.Equal(algorithm, (string?)(await node.RecordAsync("alice"))["password"]!["algo"]);
    }

    [Theory]
    [InlineData("argon2id")]
    [InlineData("scrypt")]
    public async Task A_user_created_here_signs_in_with_the_package(string algorithm)
    {
        await using var node = await StartAsync(algorithm);
        await node.Users.InitializeAsync(Token);
        var created = await node.Users.CreateUserAsync("\ufeff Bob\n", Password, UserRole.Admin, Metadata, Token);

        AssertSame(await node.App.CallAsync("users.authenticate", "BOB ", Password), created);
        await AssertRefusedAsync(() => node.App.CallAsync("users.authenticate", "bob", OtherNormalForm));
        Assert.Equal(algorithm, (string?)(await node.RecordAsync("bob"))["password"]!["algo"]);
    }

    [Theory]
    [InlineData("argon2id")]
    [InlineData("scrypt")]
    public async Task The_admin_that_either_side_made_at_its_start_is_the_others_too(string algorithm)
    {
        await using var theirs = await StartAsync(algorithm);
        await theirs.App.CallAsync("users.init");
        Assert.False(await theirs.Users.InitializeAsync(Token));
        Assert.Equal(UserRole.Admin, (await theirs.Users.AuthenticateAsync("admin", BootstrapPassword, Token)).Role);

        await using var ours = await StartAsync(algorithm);
        Assert.True(await ours.Users.InitializeAsync(Token));
        Assert.Equal(
            "admin",
            (await ours.App.CallAsync("users.authenticate", "admin", BootstrapPassword)).GetProperty("role").GetString()
        );
    }

    [Theory]
    [InlineData("argon2id")]
    [InlineData("scrypt")]
    public async Task A_password_changed_on_one_side_is_changed_on_the_other(string algorithm)
    {
        await using var node = await StartAsync(algorithm);
        await node.App.CallAsync("users.createUser", "carol", "first");
        await node.Users.ChangePasswordAsync("carol", "first", Password, Token);
        await AssertRefusedAsync(() => node.App.CallAsync("users.authenticate", "carol", "first"));
        await node.App.CallAsync("users.changePassword", "carol", Password, "third");
        await AssertRefusedAsync(() => node.Users.AuthenticateAsync("carol", Password, Token));
        await node.Users.AuthenticateAsync("carol", "third", Token);
        await node.Users.ResetPasswordAsync("carol", Password, Token);
        Assert.Equal(
            "carol",
            (await node.App.CallAsync("users.authenticate", "carol", Password)).GetProperty("username").GetString()
        );
    }

    [Fact]
    public async Task Without_Argon2_the_package_refuses_its_records_and_here_both_kinds_are_verified()
    {
        await using var node = await StartAsync("scrypt");
        await node.App.CallAsync("users.createUser", "dora", Password);
        await using var other = await StartAsync("argon2id");
        await other.App.CallAsync("users.createUser", "emil", Password);
        await node.CStore.HashSetAsync(HashKey, "emil", (await other.RecordAsync("emil")).ToJsonString(), Token);

        await AssertRefusedAsync(() => node.App.CallAsync("users.authenticate", "emil", Password));
        Assert.Equal(
            ["dora", "emil"],
            [
                (await node.Users.AuthenticateAsync("dora", Password, Token)).Username,
                (await node.Users.AuthenticateAsync("emil", Password, Token)).Username,
            ]
        );
    }

    [Fact]
    public async Task Role_and_metadata_travel_both_ways_and_nothing_else_of_the_record_changes()
    {
        await using var node = await StartAsync();
        await node.App.CallAsync("users.createUser", "frank", Password);
        // What a later version of either side may add.
        var record = await node.RecordAsync("frank");
        record.Insert(1, "mfa", new JsonObject { ["kind"] = "totp", ["since"] = 12.5 });
        record["password"]!["note"] = "kept";
        record["last"] = new JsonArray(1, "é", null);
        await node.CStore.HashSetAsync(HashKey, "frank", record.ToJsonString(), Token);

        var updated = await node.Users.UpdateUserAsync("frank", UserRole.Admin, Metadata, Token);
        AssertSame(await node.App.CallAsync("users.getUser", "frank"), updated);
        AssertUnchanged(record, await node.RecordAsync("frank"), "admin", Metadata);

        var theirs = await node.App.CallAsync(
            "users.updateUser",
            "frank",
            new JsonObject
            {
                ["role"] = "user",
                ["metadata"] = new JsonObject { ["name"] = "Fränk" },
            }
        );
        AssertSame(theirs, (await node.Users.GetUserAsync("frank", Token))!);
        AssertUnchanged(record, await node.RecordAsync("frank"), "user", new JsonObject { ["name"] = "Fränk" });
        AssertSame(theirs, await node.Users.AuthenticateAsync("frank", Password, Token));
    }

    [Fact]
    public async Task Disabling_is_metadata_that_both_sides_can_set_and_this_one_obeys()
    {
        await using var node = await StartAsync("scrypt");
        await node.App.CallAsync(
            "users.createUser",
            "grete",
            Password,
            new JsonObject { ["metadata"] = new JsonObject { ["name"] = "Grete" } }
        );
        await node.Users.SetDisabledAsync("grete", true, Token);
        Assert.Equal(
            """{"name":"Grete","disabled":true}""",
            (await node.App.CallAsync("users.getUser", "grete")).GetProperty("metadata").GetRawText()
        );
        await AssertRefusedAsync(() => node.Users.AuthenticateAsync("grete", Password, Token));
        await node.App.CallAsync("users.updateUser", "grete", new JsonObject { ["metadata"] = new JsonObject() });
        await node.Users.AuthenticateAsync("grete", Password, Token);
        await node.App.CallAsync(
            "users.updateUser",
            "grete",
            new JsonObject { ["metadata"] = new JsonObject { ["disabled"] = true } }
        );
        await AssertRefusedAsync(() => node.Users.AuthenticateAsync("grete", Password, Token));
    }

    [Fact]
    public async Task Both_sides_list_the_same_users_and_skip_what_is_malformed()
    {
        await using var node = await StartAsync("scrypt");
        await node.App.CallAsync("users.createUser", "henry", Password, new JsonObject { ["metadata"] = Metadata });
        await node.Users.CreateUserAsync("ida", Password, UserRole.User, Metadata, Token);
        foreach (
            var malformed in new[]
            {
                "",
                "{",
                "null",
                "[]",
                "{}",
                """{"type":"simple","role":"root","createdAt":"","updatedAt":""}""",
            }
        )
        {
            await node.CStore.HashSetAsync(HashKey, $"bad-{malformed.Length}", malformed, Token);
        }

        var theirs = (await node.App.CallAsync("users.getAllUsers"))
            .EnumerateArray()
            .OrderBy(user => user.GetProperty("username").GetString(), StringComparer.Ordinal)
            .ToArray();
        var ours = await node.Users.GetAllUsersAsync(Token);
        Assert.Equal(["admin", "henry", "ida"], ours.Select(user => user.Username));
        Assert.Equal(ours.Count, theirs.Length);
        Assert.All(ours.Zip(theirs), pair => AssertSame(pair.Second, pair.First));
    }

    [Fact]
    public async Task Both_sides_refuse_with_the_same_code_and_words()
    {
        await using var node = await StartAsync("scrypt");
        await node.App.CallAsync("users.createUser", "judy", Password);
        await node.CStore.HashSetAsync(HashKey, "broken", "{}", Token);
        var users = node.Users;
        (string Call, JsonNode?[] Arguments, Func<Task> Ours)[] refusals =
        [
            ("createUser", ["JUDY", "x"], () => users.CreateUserAsync("JUDY", "x", UserRole.User, null, Token)),
            ("createUser", ["jo", "x"], () => users.CreateUserAsync("jo", "x", UserRole.User, null, Token)),
            ("createUser", ["karl", ""], () => users.CreateUserAsync("karl", "", UserRole.User, null, Token)),
            ("authenticate", ["judy", "wrong"], () => users.AuthenticateAsync("judy", "wrong", Token)),
            ("authenticate", ["judy", ""], () => users.AuthenticateAsync("judy", "", Token)),
            ("authenticate", ["nobody", "x"], () => users.AuthenticateAsync("nobody", "x", Token)),
            ("authenticate", ["broken", "x"], () => users.AuthenticateAsync("broken", "x", Token)),
            ("authenticate", ["no such", "x"], () => users.AuthenticateAsync("no such", "x", Token)),
            ("getUser", ["broken"], () => users.GetUserAsync("broken", Token)),
            ("updateUser", ["nobody", new JsonObject()], () => users.UpdateUserAsync("nobody", null, null, Token)),
            ("changePassword", ["judy", "wrong", "x"], () => users.ChangePasswordAsync("judy", "wrong", "x", Token)),
            ("changePassword", ["judy", Password, ""], () => users.ChangePasswordAsync("judy", Password, "", Token)),
        ];
        foreach (var (call, arguments, ours) in refusals)
        {
            var theirs = await Assert.ThrowsAsync<TypeScriptException>(() =>
                node.App.CallAsync($"users.{call}", arguments)
            );
            var failure = await Assert.ThrowsAsync<AuthException>(ours);
            Assert.Equal((theirs.Code, theirs.Message), (failure.WireCode, failure.Message));
        }
    }

    [Fact]
    public async Task Both_sides_take_the_same_names()
    {
        await using var node = await StartAsync();
        await node.App.CallAsync("users.init");
        string[] names =
        [
            "abc",
            "ab",
            new('x', 64),
            new('x', 65),
            "",
            "   ",
            "a b",
            "a/b",
            "A.B-C_D",
            "\u00a0nbsp\u3000",
            "\ufefflead",
            "next\u0085",
            "\u0085next",
            "\u200bzero",
            "\u180emongol",
            "KELVIN \u212a",
            "\u212aelvin",
            "D\u0130SK",
            "stra\u00dfe",
            "new\nline",
            "end\n",
            "tab\t",
            "n\u0000l",
            "\u2028line",
            "١٢٣",
            "ａｂｃ",
        ];
        foreach (var name in names)
        {
            Assert.Equal(
                await OutcomeAsync(() => node.App.CallAsync("users.getUser", name)),
                await OutcomeAsync(() => node.Users.GetUserAsync(name, Token))
            );
        }
    }

    private static async Task<string> OutcomeAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "a name";
        }
        catch (Exception exception) when (exception is TypeScriptException or AuthException)
        {
            return exception.Message;
        }
    }

    private static async Task AssertRefusedAsync(Func<Task> signIn)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(signIn);
        Assert.Equal(
            "INVALID_CREDENTIALS",
            refusal is TypeScriptException theirs ? theirs.Code : Assert.IsType<AuthException>(refusal).WireCode
        );
    }

    // {"username":"alice","role":"admin","metadata":{…},"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"…","type":"simple"}
    private static void AssertSame(JsonElement theirs, AuthUser ours)
    {
        var expected = new JsonObject
        {
            ["username"] = ours.Username,
            ["role"] = ours.Role is UserRole.Admin ? "admin" : "user",
            ["metadata"] = ours.Metadata.DeepClone(),
            ["createdAt"] = ours.CreatedAt,
            ["updatedAt"] = ours.UpdatedAt,
            ["type"] = "simple",
        };
        Assert.Equal(expected.ToJsonString(), JsonSerializer.SerializeToNode(theirs)!.ToJsonString());
    }

    private static void AssertUnchanged(JsonObject before, JsonObject after, string role, JsonObject metadata)
    {
        var expected = before.DeepClone().AsObject();
        expected["role"] = role;
        expected["metadata"] = metadata;
        expected["updatedAt"] = after["updatedAt"]!.DeepClone();
        Assert.Equal(expected.ToJsonString(), after.ToJsonString());
    }
}
