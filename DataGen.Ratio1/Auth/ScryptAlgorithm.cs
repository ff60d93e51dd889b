using System.Numerics;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Generators;

namespace DataGen.Ratio1.Auth;

/// <summary>scrypt, with the pepper appended to the salt. cstore-auth-ts uses it when its Argon2 module cannot
/// load.</summary>
/// <param name="Cost">N, a power of two.</param>
/// <param name="BlockSize">r.</param>
/// <param name="Parallelism">p.</param>
/// <param name="KeyLength">Length of the hash in bytes.</param>
internal sealed record ScryptAlgorithm(int Cost, int BlockSize, int Parallelism, int KeyLength) : PasswordAlgorithm
{
    public const string Name = "scrypt";

    /// <summary>The parameters of new records.</summary>
    public static ScryptAlgorithm Default { get; } = new(1 << 15, 8, 1, 32);

    public override string AlgorithmName => Name;

    /// <summary>Reads the parameters of a record; null when one is missing or out of bounds: four times the memory and
    /// the work of a new record at most.</summary>
    public static ScryptAlgorithm? Read(JsonNode parameters) =>
        Parameter(parameters, "N", 2, 1 << 20) is { } cost
        && BitOperations.IsPow2(cost)
        && Parameter(parameters, "r", 1, 64) is { } blockSize
        && Parameter(parameters, "p", 1, 16) is { } parallelism
        && Parameter(parameters, "keyLength", 4, 1024) is { } keyLength
        && (long)cost * blockSize * parallelism <= 4L * Default.Cost * Default.BlockSize
            ? new(cost, blockSize, parallelism, keyLength)
            : null;

    public override byte[] Compute(byte[] password, byte[] salt, byte[] pepper) =>
        SCrypt.Generate(password, [.. salt, .. pepper], Cost, BlockSize, Parallelism, KeyLength);

    public override JsonObject ToJson() =>
        new()
        {
            ["N"] = Cost,
            ["r"] = BlockSize,
            ["p"] = Parallelism,
            ["keyLength"] = KeyLength,
        };
}
