using System.Text.Json.Nodes;

namespace DataGen.Ratio1.Auth;

/// <summary>A password hash function with its parameters.</summary>
internal abstract record PasswordAlgorithm
{
    /// <summary>The function with the parameters of new records, which are those of cstore-auth-ts.</summary>
    public static PasswordAlgorithm Of(PasswordHashFunction function) =>
        function is PasswordHashFunction.Scrypt ? ScryptAlgorithm.Default : Argon2idAlgorithm.Default;

    /// <summary>The function's name in records.</summary>
    public abstract string AlgorithmName { get; }

    /// <summary>Computes the hash; takes a large part of a second and tens of megabytes.</summary>
    public abstract byte[] Compute(byte[] password, byte[] salt, byte[] pepper);

    /// <summary>The <c>params</c> member of a record, its members in the order of cstore-auth-ts.</summary>
    public abstract JsonObject ToJson();

    /// <summary>A whole-number parameter within bounds, or null: a record must not be able to demand
    /// terabytes.</summary>
    protected static int? Parameter(JsonNode parameters, string name, int minimum, int maximum) =>
        parameters is JsonObject members
        && members[name] is JsonValue value
        && value.TryGetValue<int>(out var number)
        && number >= minimum
        && number <= maximum
            ? number
            : null;
}
