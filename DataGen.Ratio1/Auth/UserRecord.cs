using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Ratio1.Json;

namespace DataGen.Ratio1.Auth;

/// <summary>
/// A stored user. The JSON is kept as a tree and changed in place, which keeps the order of members and the members
/// that this client does not know.
/// </summary>
/// <remarks>
/// <c>{"type":"simple","password":{…},"role":"user","metadata":{…},"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"…"}</c>;
/// the name is the hash's field. What is accepted is what cstore-auth-ts 1.0.0 accepts (parseUserRecord in its
/// dist/index.mjs).
/// </remarks>
internal sealed class UserRecord
{
    private const string SimpleType = "simple";

    private readonly string username;
    private readonly JsonObject json;

    private UserRecord(string username, JsonObject json)
    {
        this.username = username;
        this.json = json;
    }

    /// <summary>The password's part; null when the record has none, so that nobody can sign in with it.</summary>
    public JsonObject? Password => json["password"] as JsonObject;

    /// <summary>A new user's record, with the members in the order of cstore-auth-ts.</summary>
    public static UserRecord Create(
        string username,
        PasswordRecord password,
        UserRole role,
        JsonObject? metadata,
        DateTimeOffset now
    ) =>
        new(
            username,
            new JsonObject
            {
                ["type"] = SimpleType,
                ["password"] = password.ToJson(),
                ["role"] = RoleText(role),
                ["metadata"] = metadata?.DeepClone() ?? new JsonObject(),
                ["createdAt"] = Timestamp(now),
                ["updatedAt"] = Timestamp(now),
            }
        );

    /// <summary>Reads a stored value.</summary>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.UserSerialization"/>: it is malformed.</exception>
    public static UserRecord Parse(string username, string value)
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonTree.Parse(value);
        }
        catch (JsonException)
        {
            throw AuthErrors.UserSerialization(username, "value is not valid JSON");
        }

        var problem = parsed switch
        {
            JsonObject json => Problem(json),
            JsonArray => "unsupported user type \"undefined\"",
            _ => "value must be an object",
        };
        if (problem is not null)
        {
            throw AuthErrors.UserSerialization(username, problem);
        }

        var record = (JsonObject)parsed!;
        record["metadata"] ??= new JsonObject();
        return new UserRecord(username, record);
    }

    /// <summary>Changes role or metadata where given, and the time of change.</summary>
    public void Update(UserRole? role, JsonObject? metadata, DateTimeOffset now)
    {
        if (role is { } newRole)
        {
            json["role"] = RoleText(newRole);
        }

        if (metadata is not null)
        {
            json["metadata"] = metadata.DeepClone();
        }

        json["updatedAt"] = Timestamp(now);
    }

    /// <summary>Replaces the password's part, and the time of change.</summary>
    public void SetPassword(PasswordRecord password, DateTimeOffset now)
    {
        json["password"] = password.ToJson();
        json["updatedAt"] = Timestamp(now);
    }

    /// <summary>The user without secrets. Metadata that is an array, which cstore-auth-ts accepts, is shown as
    /// empty.</summary>
    public AuthUser ToUser() =>
        new(
            username,
            Text(json, "role") == "admin" ? UserRole.Admin : UserRole.User,
            json["metadata"] is JsonObject metadata ? (JsonObject)metadata.DeepClone() : [],
            Text(json, "createdAt")!,
            Text(json, "updatedAt")!,
            Password is { } password ? Stamp(password) : ""
        );

    /// <summary>The value to store.</summary>
    public string Stringify() => JsonTree.Stringify(json);

    // Every hash has a salt of its own, so that setting the same password again gives another stamp.
    private static string Stamp(JsonObject password) =>
        Base64Url.EncodeToString(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Text(password, "salt")} {Text(password, "hash")}")).AsSpan(0, 16)
        );

    // JavaScript's Date.prototype.toISOString.
    private static string Timestamp(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static string RoleText(UserRole role) =>
        role switch
        {
            UserRole.User => "user",
            UserRole.Admin => "admin",
            _ => throw AuthErrors.InvalidUserRole(role),
        };

    private static string? Problem(JsonObject record) =>
        Text(record, "type") != SimpleType
            ? $"unsupported user type \"{(record.ContainsKey("type") ? record["type"]?.ToString() ?? "null" : "undefined")}\""
        : Text(record, "role") is not ("admin" or "user") ? "role must be \"admin\" or \"user\""
        : Text(record, "createdAt") is null || Text(record, "updatedAt") is null ? "timestamps are missing or invalid"
        : record["metadata"] is JsonValue ? "metadata must be an object"
        : record["password"] switch
        {
            null => null,
            JsonObject password => PasswordProblem(password),
            JsonArray => "password.algo is missing or invalid",
            _ => "password must be an object when present",
        };

    private static string? PasswordProblem(JsonObject password) =>
        Text(password, "algo") is null ? "password.algo is missing or invalid"
        : Text(password, "hash") is null ? "password.hash is missing or invalid"
        : Text(password, "salt") is null ? "password.salt is missing or invalid"
        : password["version"] is not JsonValue version || version.GetValueKind() != JsonValueKind.Number
            ? "password.version is missing or invalid"
        : password["params"] is null or JsonValue ? "password.params is missing or invalid"
        : null;

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
