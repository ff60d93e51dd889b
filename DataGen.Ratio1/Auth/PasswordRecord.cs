using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Auth;

/// <summary>A stored password hash, decoded.</summary>
/// <param name="Algorithm">The hash function, with the record's own parameters.</param>
/// <param name="Hash">The hash.</param>
/// <param name="Salt">The salt, without the pepper.</param>
internal sealed record PasswordRecord(PasswordAlgorithm Algorithm, byte[] Hash, byte[] Salt)
{
    /// <summary>
    /// Decodes the <c>password</c> member of a well-formed user record:
    /// <c>{"algo":"argon2id","hash":"…","salt":"…","version":1,"params":{"timeCost":3,"memoryCost":65536,"parallelism":1,"outputLen":32}}</c>
    /// or <c>{"algo":"scrypt",…,"params":{"N":32768,"r":8,"p":1,"keyLength":32}}</c>.
    /// </summary>
    /// <exception cref="AuthException">
    /// <see cref="AuthErrorCode.PasswordHasherUnavailable"/>: another algorithm.
    /// <see cref="AuthErrorCode.UserSerialization"/>: base64 or parameters that cannot be used.
    /// </exception>
    public static PasswordRecord Read(string username, JsonObject password)
    {
        var algorithm = password["algo"]!.GetValue<string>() switch
        {
            Argon2idAlgorithm.Name => (PasswordAlgorithm?)Argon2idAlgorithm.Read(password["params"]!),
            ScryptAlgorithm.Name => ScryptAlgorithm.Read(password["params"]!),
            var other => throw AuthErrors.PasswordHasherUnavailable(other),
        };
        var hash = Base64(password["hash"]!.GetValue<string>());
        var salt = Base64(password["salt"]!.GetValue<string>());
        return algorithm is null ? throw AuthErrors.UserSerialization(username, "password.params are not usable")
            : hash is null ? throw AuthErrors.UserSerialization(username, "password.hash is missing or invalid")
            : salt is null or { Length: < 8 }
                ? throw AuthErrors.UserSerialization(username, "password.salt is missing or invalid")
            : new PasswordRecord(algorithm, hash, salt);
    }

    /// <summary>The <c>password</c> member of a record, its members in the order of cstore-auth-ts.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["algo"] = Algorithm.AlgorithmName,
            ["hash"] = Convert.ToBase64String(Hash),
            ["salt"] = Convert.ToBase64String(Salt),
            ["version"] = 1,
            ["params"] = Algorithm.ToJson(),
        };

    private static byte[]? Base64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }
}
