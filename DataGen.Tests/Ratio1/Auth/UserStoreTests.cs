using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>Where the user store is better than the original, with a fast hash in place of Argon2.</summary>
public sealed class UserStoreTests : IDisposable
{
    private const string HashKey = "auth:test";

    private readonly InMemoryCStore cstore = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
    private readonly FakeLogger<UserStore> logger = new();
    private readonly CountingHash hash = new();
    private readonly UserStore users;

    public UserStoreTests() => users = Users("bootstrap");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => users.Dispose();

    [Fact]
    public async Task The_first_start_creates_the_admin_and_no_later_one_does()
    {
        Assert.True(await users.InitializeAsync(Token));
        Assert.False(await users.InitializeAsync(Token));
        using var other = Users("another password");
        Assert.False(await other.InitializeAsync(Token));
        Assert.Equal(UserRole.Admin, (await other.AuthenticateAsync("admin", "bootstrap", Token)).Role);
    }

    [Fact]
    public async Task Without_an_admin_the_bootstrap_password_is_needed_and_can_be_given_later()
    {
        using var users = Users(null);
        var failure = await Assert.ThrowsAsync<AuthException>(() => users.InitializeAsync(Token));
        Assert.Equal(
            (
                "ENV_VAR_MISSING",
                "Environment variable R1EN_CSTORE_AUTH_BOOTSTRAP_ADMIN_PWD is required but was not provided."
            ),
            (failure.WireCode, failure.Message)
        );
        await this.users.InitializeAsync(Token);
        Assert.False(await users.InitializeAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bootstrap_password_makes_admin_an_administrator_again_when_nobody_is_one(bool disabled)
    {
        await users.InitializeAsync(Token);
        await users.CreateUserAsync("bob", "bobs password", UserRole.Admin, null, Token);
        await users.UpdateUserAsync("bob", UserRole.User, null, Token);
        _ = disabled
            ? await users.SetDisabledAsync("admin", true, Token)
            : await users.UpdateUserAsync("admin", UserRole.User, null, Token);
        using var without = Users(null);
        Assert.False(await without.RestoreAdministratorAsync(Token));
        using var with = Users("another password");

        Assert.True(await with.RestoreAdministratorAsync(Token));

        Assert.Equal(
            (UserRole.Admin, false),
            await with.AuthenticateAsync("admin", "another password", Token) is var admin
                ? (admin.Role, admin.IsDisabled)
                : default
        );
    }

    [Fact]
    public async Task While_there_is_an_administrator_the_bootstrap_password_changes_nothing()
    {
        await users.InitializeAsync(Token);
        await users.CreateUserAsync("bob", "bobs password", UserRole.Admin, null, Token);
        await users.SetDisabledAsync("admin", true, Token);
        var before = cstore.Fields.ToDictionary();
        using var with = Users("another password");

        Assert.True(await with.RestoreAdministratorAsync(Token));

        Assert.Equal(before, cstore.Fields.ToDictionary());
    }

    [Fact]
    public async Task The_stamp_of_a_password_changes_with_the_password_alone()
    {
        await users.InitializeAsync(Token);
        var first = (await users.GetUserAsync("admin", Token))!.PasswordStamp;
        await users.UpdateUserAsync("admin", UserRole.Admin, new JsonObject { ["theme"] = "dark" }, Token);
        var changed = (await users.GetUserAsync("admin", Token))!.PasswordStamp;
        await users.ResetPasswordAsync("admin", "bootstrap", Token);
        var reset = (await users.GetUserAsync("admin", Token))!.PasswordStamp;

        Assert.Equal((22, first), (first.Length, changed));
        Assert.NotEqual(first, reset);
    }

    [Fact]
    public async Task A_bootstrap_that_is_not_confirmed_is_an_error_and_is_tried_again()
    {
        cstore.ConfirmsWrites = false;
        await Assert.ThrowsAsync<CStoreException>(() => users.InitializeAsync(Token));
        cstore.ConfirmsWrites = true;
        await users.InitializeAsync(Token);
        Assert.Equal("admin", (await users.AuthenticateAsync("admin", "bootstrap", Token)).Username);
    }

    [Fact]
    public async Task A_write_that_is_not_confirmed_is_an_error()
    {
        await users.CreateUserAsync("alice", "one", UserRole.User, null, Token);
        cstore.ConfirmsWrites = false;
        await Assert.ThrowsAsync<CStoreException>(() =>
            users.CreateUserAsync("bob", "one", UserRole.User, null, Token)
        );
        await Assert.ThrowsAsync<CStoreException>(() => users.UpdateUserAsync("alice", UserRole.Admin, null, Token));
        await Assert.ThrowsAsync<CStoreException>(() => users.ChangePasswordAsync("alice", "one", "two", Token));
        await Assert.ThrowsAsync<CStoreException>(() => users.ResetPasswordAsync("alice", "three", Token));
        await Assert.ThrowsAsync<CStoreException>(() => users.SetDisabledAsync("alice", true, Token));
    }

    [Theory]
    [InlineData("nobody", null)]
    [InlineData("empty", "")]
    [InlineData("malformed", "{oops")]
    [InlineData(
        "nopassword",
        """{"type":"simple","password":null,"role":"user","metadata":{},"createdAt":"a","updatedAt":"b"}"""
    )]
    [InlineData(
        "bcrypted",
        """{"type":"simple","password":{"algo":"bcrypt","hash":"AAAA","salt":"AAAA","version":1,"params":{}},"role":"user","metadata":{},"createdAt":"a","updatedAt":"b"}"""
    )]
    [InlineData(
        "greedy",
        """{"type":"simple","password":{"algo":"scrypt","hash":"AAAA","salt":"AAAAAAAAAAAAAAAAAAAAAA==","version":1,"params":{"N":1073741824,"r":8,"p":1,"keyLength":32}},"role":"user","metadata":{},"createdAt":"a","updatedAt":"b"}"""
    )]
    public async Task Who_cannot_sign_in_costs_one_hash_like_everyone(string username, string? stored)
    {
        if (stored is not null)
        {
            await cstore.HashSetAsync(HashKey, username, stored, Token);
        }

        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync(username, "any password", Token));
        await AssertInvalidCredentialsAsync(() =>
            users.ChangePasswordAsync(username, "any password", "new password", Token)
        );
        Assert.Equal(2, hash.Count);
        Assert.All(hash.Algorithms, algorithm => Assert.Equal(Argon2idAlgorithm.Default, algorithm));
    }

    [Fact]
    public async Task A_known_user_costs_one_hash_too_whether_the_password_is_right_or_wrong_or_empty()
    {
        await users.CreateUserAsync("alice", "right", UserRole.User, null, Token);
        var before = hash.Count;
        await users.AuthenticateAsync("alice", "right", Token);
        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync("alice", "wrong", Token));
        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync("alice", "", Token));
        Assert.Equal(before + 3, hash.Count);
    }

    [Fact]
    public async Task A_disabled_user_cannot_sign_in_nor_change_the_password_until_enabled()
    {
        await users.CreateUserAsync(
            "alice",
            "right",
            UserRole.User,
            new JsonObject { ["email"] = "a@example.com" },
            Token
        );
        Assert.True((await users.SetDisabledAsync("alice", true, Token)).IsDisabled);
        var before = hash.Count;
        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync("alice", "right", Token));
        await AssertInvalidCredentialsAsync(() => users.ChangePasswordAsync("alice", "right", "new", Token));
        Assert.Equal(before + 2, hash.Count);

        var enabled = await users.SetDisabledAsync("alice", false, Token);
        Assert.Equal("""{"email":"a@example.com"}""", enabled.Metadata.ToJsonString());
        Assert.False((await users.AuthenticateAsync("alice", "right", Token)).IsDisabled);
    }

    [Fact]
    public async Task An_administrators_reset_replaces_the_password()
    {
        await users.CreateUserAsync("alice", "old", UserRole.User, null, Token);
        time.Advance(TimeSpan.FromMinutes(1));
        await users.ResetPasswordAsync(" ALICE ", "new", Token);
        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync("alice", "old", Token));
        var user = await users.AuthenticateAsync("alice", "new", Token);
        Assert.Equal(("2026-01-02T03:04:05.678Z", "2026-01-02T03:05:05.678Z"), (user.CreatedAt, user.UpdatedAt));
        Assert.Equal(
            "USER_NOT_FOUND",
            (await Assert.ThrowsAsync<AuthException>(() => users.ResetPasswordAsync("nobody", "new", Token))).WireCode
        );
        Assert.Equal(
            "INVALID_PASSWORD",
            (await Assert.ThrowsAsync<AuthException>(() => users.ResetPasswordAsync("alice", "", Token))).WireCode
        );
    }

    [Fact]
    public async Task Of_two_who_create_one_name_at_once_one_is_refused()
    {
        var both = await Task.WhenAll(OutcomeAsync("one"), OutcomeAsync("two"));
        Assert.Equal(["USER_EXISTS", "created"], both.Order(StringComparer.Ordinal));

        async Task<string> OutcomeAsync(string password)
        {
            try
            {
                await users.CreateUserAsync("racer", password, UserRole.User, null, Token);
                return "created";
            }
            catch (AuthException failure)
            {
                return failure.WireCode;
            }
        }
    }

    [Fact]
    public async Task Changes_of_one_user_at_once_are_all_kept()
    {
        await users.CreateUserAsync("racer", "old", UserRole.User, null, Token);
        await Task.WhenAll(
            users.UpdateUserAsync("racer", UserRole.Admin, null, Token),
            users.UpdateUserAsync("racer", null, new JsonObject { ["a"] = 1 }, Token),
            users.ChangePasswordAsync("racer", "old", "new", Token)
        );
        var user = await users.AuthenticateAsync("racer", "new", Token);
        Assert.Equal((UserRole.Admin, """{"a":1}"""), (user.Role, user.Metadata.ToJsonString()));
    }

    [Fact]
    public async Task No_more_hashes_run_at_once_than_there_are_slots()
    {
        var running = 0;
        var together = false;
        using var hasher = new PasswordHasher("pepper", RandomNumberGenerator.GetBytes, Compute, slots: 1);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => hasher.VerifyAsync("password", null, Token)));
        Assert.False(together);

        byte[] Compute(PasswordAlgorithm algorithm, byte[] password, byte[] salt, byte[] pepper)
        {
            Interlocked.Increment(ref running);
            together |= SpinWait.SpinUntil(() => Volatile.Read(ref running) > 1, TimeSpan.FromMilliseconds(200));
            Interlocked.Decrement(ref running);
            return salt;
        }
    }

    [Fact]
    public async Task A_list_is_in_order_and_leaves_malformed_records_out_with_a_word_in_the_log()
    {
        await users.CreateUserAsync("zoe", "x", UserRole.User, null, Token);
        await users.CreateUserAsync("adam", "x", UserRole.User, null, Token);
        foreach (
            var (field, value) in new[]
            {
                ("bad1", "{oops"),
                ("bad2", "null"),
                ("bad3", "[]"),
                ("bad4", """{"type":"simple","role":"user","createdAt":"a\ud800","updatedAt":"b"}"""),
            }
        )
        {
            await cstore.HashSetAsync(HashKey, field, value, Token);
        }

        Assert.Equal(["adam", "zoe"], (await users.GetAllUsersAsync(Token)).Select(user => user.Username));
        Assert.Equal(4, logger.Collector.GetSnapshot().Count(record => record.Level == LogLevel.Error));
    }

    [Fact]
    public async Task What_the_caller_does_with_metadata_afterwards_changes_nothing()
    {
        var metadata = new JsonObject { ["a"] = 1 };
        var user = await users.CreateUserAsync("alice", "x", UserRole.User, metadata, Token);
        metadata["a"] = 2;
        user.Metadata["a"] = 3;
        Assert.Equal("""{"a":1}""", (await users.GetUserAsync("alice", Token))!.Metadata.ToJsonString());
    }

    [Fact]
    public async Task Nothing_secret_reaches_the_log()
    {
        await users.InitializeAsync(Token);
        await users.CreateUserAsync("alice", "password-1", UserRole.User, null, Token);
        await users.ChangePasswordAsync("alice", "password-1", "password-2", Token);
        await users.ResetPasswordAsync("alice", "password-3", Token);
        await AssertInvalidCredentialsAsync(() => users.AuthenticateAsync("alice", "password-4", Token));
        var log = string.Join(
            '\n',
            logger
                .Collector.GetSnapshot()
                .Select(record => $"{record.Message} {string.Join(' ', record.StructuredState!)}")
        );
        Assert.Contains("Password changed successfully for user \"alice\"", log, StringComparison.Ordinal);
        Assert.DoesNotContain("password-", log, StringComparison.Ordinal);
        Assert.DoesNotContain("pepper", log, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "bootstrap",
            log.Replace("Bootstrapping", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    private static async Task AssertInvalidCredentialsAsync(Func<Task> call)
    {
        var failure = await Assert.ThrowsAsync<AuthException>(call);
        Assert.Equal(("INVALID_CREDENTIALS", "Invalid username or password."), (failure.WireCode, failure.Message));
    }

    private UserStore Users(string? bootstrapPassword) =>
        new(
            cstore,
            new CStoreAuthOptions
            {
                HashKey = HashKey,
                Secret = "pepper",
                BootstrapPassword = bootstrapPassword,
            },
            time,
            logger,
            new PasswordHasher("pepper", RandomNumberGenerator.GetBytes, hash.Compute, slots: 2)
        );
}
