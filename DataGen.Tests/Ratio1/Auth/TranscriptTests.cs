using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Auth;
using DataGen.Ratio1.CStore;
using DataGen.Tests.Ratio1.Support;

namespace DataGen.Tests.Ratio1.Auth;

/// <summary>
/// What the real cstore-auth-ts sent, received and concluded, step by step. Left out: what C# cannot say (names and
/// roles that are no strings, metadata set to
/// null) and the two races, which here end better (see <see cref="UserStoreTests"/>).
/// </summary>
public sealed class TranscriptTests
{
    private const string Alice = "S3curePassw0rd";
    private const string Carol = " pässwörd🔒 with spaces ";
    private const UserRole NoRole = (UserRole)7;

    private static readonly string[] LeftOut =
    [
        "createUser invalid username 123",
        "updateUser metadata null is stored as null",
        "two concurrent createUser of the same name both succeed, last write wins",
        "who can log in after the race",
        "two concurrent updateUser: lost update",
    ];

    private static readonly Dictionary<string, Func<UserStore, Task<object?>>> Calls = new(
        Enumerable.Concat(AgainstMalformed(), WithInvalidUsername())
    )
    {
        ["init: admin missing -> bootstrap"] = Init,
        ["init on a second instance: admin exists"] = Init,
        ["createUser \"alice\""] = Create(
            "alice",
            Alice,
            metadata: """{"email":"alice@example.com","name":"Alice Ünïcode","n":1.5,"nested":{"a":[1,null,true]}}"""
        ),
        ["createUser \"  Bob.Smith-1_X  \""] = Create(
            "  Bob.Smith-1_X  ",
            "correct horse battery staple",
            UserRole.Admin
        ),
        ["createUser \"carol\""] = Create("carol", Carol),
        ["createUser \"dave\""] = Create("dave", TranscriptReplay.Unrecorded),
        ["createUser duplicate (case-insensitive)"] = Create("ALICE", "x"),
        ["createUser empty password"] = Create("erin", ""),
        ["createUser invalid username null"] = Create(null!, "x"),
        ["createUser 64-char username"] = Create(new string('a', 64), TranscriptReplay.Unrecorded),
        ["createUser Kelvin sign U+212A folds to k"] = Create("\u212aelvin", TranscriptReplay.Unrecorded),
        ["createUser BOM-prefixed (JS trim removes U+FEFF)"] = Create("\ufeffbomuser", TranscriptReplay.Unrecorded),
        ["createUser NEL-prefixed U+0085 (JS trim keeps it -> invalid)"] = Create("\u0085neluser", "x"),
        ["authenticate ok"] = Authenticate("alice", Alice),
        ["authenticate ok, mixed case + spaces in username"] = Authenticate("  ALICE ", Alice),
        ["authenticate ok unicode password"] = Authenticate("carol", Carol),
        ["authenticate wrong: password trimmed differs"] = Authenticate("carol", Carol.Trim()),
        ["authenticate wrong password"] = Authenticate("alice", "wrong"),
        ["authenticate empty password"] = Authenticate("alice", ""),
        ["authenticate unknown user"] = Authenticate("nobody", "x"),
        ["authenticate invalid username"] = Authenticate("no such name", "x"),
        ["getUser existing"] = Get("alice"),
        ["getUser missing"] = Get("nobody"),
        ["getUser after metadata null -> {}"] = Get("dave"),
        ["updateUser metadata only (full replacement)"] = Update("alice", metadata: """{"verified":true}"""),
        ["updateUser role only"] = Update("alice", UserRole.Admin),
        ["updateUser {} only bumps updatedAt"] = Update("alice"),
        ["updateUser unknown user"] = Update("nobody"),
        ["updateUser preserves unknown record fields"] = Update("carol", metadata: """{"z":1}"""),
        ["changePassword wrong current"] = Change("alice", "wrong", "new"),
        ["changePassword unknown user"] = Change("nobody", "wrong", "new"),
        ["changePassword empty new password"] = Change("alice", Alice, ""),
        ["changePassword ok"] = Change("alice", Alice, TranscriptReplay.Unrecorded),
        ["authenticate with new password"] = Authenticate("alice", TranscriptReplay.Unrecorded),
        ["authenticate with old password"] = Authenticate("alice", Alice),
        ["changePassword against malformed record: badjson"] = Change("badjson", "x", "new"),
        ["updateUser against malformed record: badjson"] = Update("badjson"),
        ["createUser over an empty-string value succeeds (falsy existing)"] = Create(
            "emptystr",
            TranscriptReplay.Unrecorded
        ),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Replayed => new(Calls.Keys);

    [Theory]
    [MemberData(nameof(Replayed))]
    public async Task A_step_of_the_original_is_made_alike(string step)
    {
        using var replay = new TranscriptReplay(Step(step));
        var users = replay.Users();
        await replay.AssertOutcomeAsync(() => Calls[step](users));
        replay.AssertLog();
    }

    [Theory]
    [InlineData("createUser invalid role")]
    [InlineData("updateUser invalid role")]
    public async Task A_role_that_does_not_exist_is_refused_after_the_same_requests(string step)
    {
        using var replay = new TranscriptReplay(Step(step));
        var users = replay.Users();
        var failure = await Assert.ThrowsAsync<AuthException>(() =>
            step.StartsWith("create", StringComparison.Ordinal)
                ? users.CreateUserAsync("erin", "x", NoRole, null, Token)
                : users.UpdateUserAsync("alice", NoRole, null, Token)
        );
        Assert.Equal("INVALID_USER_ROLE", failure.WireCode);
        replay.AssertAllRequestsMade();
    }

    [Fact]
    public async Task A_second_initialization_of_one_store_asks_nothing()
    {
        using var replay = new TranscriptReplay(Step("init: admin missing -> bootstrap"));
        var users = replay.Users();
        Assert.True(await users.InitializeAsync(Token));
        Assert.False(await users.InitializeAsync(Token));
        replay.AssertAllRequestsMade();
    }

    [Fact]
    public async Task Another_pepper_locks_everyone_out()
    {
        using var replay = new TranscriptReplay(Step("authenticate with wrong pepper"));
        var users = replay.Users(pepper: "another pepper");
        await users.InitializeAsync(Token);
        await replay.AssertOutcomeAsync(() => Authenticate("alice", Alice)(users));
    }

    [Fact]
    public async Task A_missing_bootstrap_password_is_named_and_may_come_later()
    {
        using var without = new TranscriptReplay(Step("init without bootstrap password on an empty hash"));
        await without.AssertOutcomeAsync(() => Init(without.Users(hashKey: "auth:other", bootstrapPassword: null)));
        using var with = new TranscriptReplay(Step("same instance init retried after env fixed"));
        await with.AssertOutcomeAsync(() =>
            Init(with.Users(hashKey: "auth:other", bootstrapPassword: TranscriptReplay.Unrecorded))
        );
    }

    [Fact]
    public async Task The_list_holds_the_same_users_and_the_log_the_same_complaints()
    {
        var step = Step("getAllUsers skips malformed");
        using var replay = new TranscriptReplay(step);
        var users = await replay.Users().GetAllUsersAsync(Token);

        // A record stored as an object is "[object Object]" to the original; this client reads it.
        var expected = step.GetProperty("result")
            .EnumerateArray()
            .Select(user => user.Text("username"))
            .Append("objvalue")
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, users.Select(user => user.Username));
        Assert.Equal(
            step.GetProperty("logs")
                .EnumerateArray()
                .Select(entry => entry[1].GetString()!)
                .Where(words => !words.Contains("objvalue", StringComparison.Ordinal)),
            replay
                .Logger.Collector.GetSnapshot()
                .Select(record =>
                    record.Message[..(record.Message.IndexOf(": ", StringComparison.Ordinal) + 2)] + record.Message
                )
        );
    }

    [Theory]
    [InlineData("authenticate against malformed record: objvalue")]
    [InlineData("getUser against malformed record: objvalue")]
    public async Task A_record_stored_as_an_object_is_read_where_the_original_cannot(string step)
    {
        using var replay = new TranscriptReplay(Step(step));
        var user = step.StartsWith("get", StringComparison.Ordinal)
            ? await replay.Users().GetUserAsync("objvalue", Token)
            : await replay.Users().AuthenticateAsync("objvalue", TranscriptReplay.Unrecorded, Token);
        Assert.Equal("objvalue", user!.Username);
    }

    [Theory]
    [InlineData("createUser when node answers result:false -> still resolves", true)]
    [InlineData("authenticate when node answers 500", true)]
    [InlineData("init fresh instance when node answers 500 (retryable)", true)]
    [InlineData("authenticate when node answers 404 -> treated as missing", false)]
    [InlineData("getAllUsers when node answers 404 -> throws", false)]
    public async Task A_failing_node_is_a_failure_of_the_store_never_a_wrong_password(string step, bool transient)
    {
        using var replay = new TranscriptReplay(Step(step));
        var users = replay.Users();
        var failure = await Assert.ThrowsAsync<CStoreException>(() =>
            step.Split(' ')[0] switch
            {
                "createUser" => Create("frank", TranscriptReplay.Unrecorded)(users),
                "authenticate" => Authenticate("alice", Alice)(users),
                "init" => Init(users),
                _ => users.GetAllUsersAsync(Token),
            }
        );
        Assert.Equal(transient, failure.IsTransient);
        replay.AssertAllRequestsMade();
    }

    [Theory]
    [InlineData("authenticate ok", Alice)]
    [InlineData("authenticate wrong password", "wrong")]
    [InlineData("authenticate with new password", TranscriptReplay.Unrecorded)]
    public async Task A_user_of_a_machine_without_Argon2_signs_in(string step, string password)
    {
        using var replay = new TranscriptReplay(
            Steps("auth-transcript-scrypt").Single(entry => entry.Text("name") == step)
        );
        await replay.AssertOutcomeAsync(() => Authenticate("alice", password)(replay.Users()));
    }

    [Fact]
    public void Every_step_of_the_original_is_replayed_or_left_out_by_name()
    {
        var named = typeof(TranscriptTests)
            .GetMethods()
            .SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Cast<InlineDataAttribute>()
            .Select(data => data.Data[0] as string);
        string[] single =
        [
            "init again on same instance (memoised, no traffic)",
            "authenticate with wrong pepper",
            "init without bootstrap password on an empty hash",
            "same instance init retried after env fixed",
            "getAllUsers skips malformed",
        ];
        var known = Calls.Keys.Concat(LeftOut).Concat(single).Concat(named).ToHashSet();
        Assert.DoesNotContain(
            Steps("auth-transcript-argon2id").Select(step => step.Text("name")),
            name => !name.StartsWith("sdk ", StringComparison.Ordinal) && !known.Contains(name)
        );
    }

    [Fact]
    public void Records_after_the_originals_updates_are_written_as_they_were_read()
    {
        foreach (var record in Vectors.Load("special-records").EnumerateObject())
        {
            // Metadata null reads back as {}, and is so written by the original's next update too.
            Assert.Equal(
                record.Value.GetString()!.Replace("\"metadata\":null", "\"metadata\":{}", StringComparison.Ordinal),
                UserRecord.Parse("name", record.Value.GetString()!).Stringify()
            );
        }
    }

    private static JsonElement.ArrayEnumerator Steps(string transcript) => Vectors.Load(transcript).EnumerateArray();

    private static JsonElement Step(string name) =>
        Steps("auth-transcript-argon2id").First(step => step.Text("name") == name);

    private static IEnumerable<KeyValuePair<string, Func<UserStore, Task<object?>>>> AgainstMalformed() =>
        [
            .. "badjson badnull badtype badrole badts badmeta badpw badalgo nopw arrmeta emptystr numvalue"
                .Split(' ')
                .Select(name =>
                    KeyValuePair.Create(
                        $"authenticate against malformed record: {name}",
                        Authenticate(name, TranscriptReplay.Unrecorded)
                    )
                ),
            .. "badjson badrole nopw emptystr"
                .Split(' ')
                .Select(name => KeyValuePair.Create($"getUser against malformed record: {name}", Get(name))),
        ];

    private static IEnumerable<KeyValuePair<string, Func<UserStore, Task<object?>>>> WithInvalidUsername() =>
        $"ab|| |{new string('a', 65)}|has space|emailish@x|naïve|İstanbul"
            .Split('|')
            .Select(name => KeyValuePair.Create($"createUser invalid username \"{name}\"", Create(name, "x")));

    private static async Task<object?> Init(UserStore users)
    {
        await users.InitializeAsync(Token);
        return null;
    }

    private static Func<UserStore, Task<object?>> Create(
        string username,
        string password,
        UserRole role = UserRole.User,
        string? metadata = null
    ) =>
        async users =>
            await users.CreateUserAsync(
                username,
                password,
                role,
                metadata is null ? null : (JsonObject)JsonNode.Parse(metadata)!,
                Token
            );

    private static Func<UserStore, Task<object?>> Authenticate(string username, string password) =>
        async users => await users.AuthenticateAsync(username, password, Token);

    private static Func<UserStore, Task<object?>> Get(string username) =>
        async users => await users.GetUserAsync(username, Token);

    private static Func<UserStore, Task<object?>> Update(
        string username,
        UserRole? role = null,
        string? metadata = null
    ) =>
        async users =>
            await users.UpdateUserAsync(
                username,
                role,
                metadata is null ? null : (JsonObject)JsonNode.Parse(metadata)!,
                Token
            );

    private static Func<UserStore, Task<object?>> Change(string username, string current, string replacement) =>
        async users =>
        {
            await users.ChangePasswordAsync(username, current, replacement, Token);
            return null;
        };
}
