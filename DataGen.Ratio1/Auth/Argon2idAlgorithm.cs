using System.Text.Json.Nodes;
using Konscious.Security.Cryptography;

namespace DataGen.Ratio1.Auth;

/// <summary>
/// Argon2id, version 0x13, no associated data, the pepper as Argon2's secret K (cstore-auth-ts with @node-rs/argon2).
/// Konscious was measured
/// a fifth faster than BouncyCastle at these parameters and needs less memory.
/// </summary>
/// <param name="TimeCost">Iterations.</param>
/// <param name="MemoryCost">Memory in KiB.</param>
/// <param name="Parallelism">Lanes.</param>
/// <param name="OutputLength">Length of the hash in bytes.</param>
internal sealed record Argon2idAlgorithm(int TimeCost, int MemoryCost, int Parallelism, int OutputLength)
    : PasswordAlgorithm
{
    public const string Name = "argon2id";

    /// <summary>The parameters of new records.</summary>
    public static Argon2idAlgorithm Default { get; } = new(3, 65536, 1, 32);

    public override string AlgorithmName => Name;

    /// <summary>
    /// Reads the parameters of a record; null when one is missing or out of bounds. The bounds are four times the work
    /// and twice the memory of a new record: an attacker who can write a record must not be able to occupy the machine
    /// with one sign-in.
    /// </summary>
    public static Argon2idAlgorithm? Read(JsonNode parameters) =>
        Parameter(parameters, "timeCost", 1, 32) is { } timeCost
        && Parameter(parameters, "memoryCost", 8, 2 * Default.MemoryCost) is { } memoryCost
        && Parameter(parameters, "parallelism", 1, 16) is { } parallelism
        && Parameter(parameters, "outputLen", 4, 1024) is { } outputLength
        && memoryCost >= 8 * parallelism
        && (long)timeCost * memoryCost <= 4L * Default.TimeCost * Default.MemoryCost
            ? new(timeCost, memoryCost, parallelism, outputLength)
            : null;

    public override byte[] Compute(byte[] password, byte[] salt, byte[] pepper)
    {
        using var argon2 = new Argon2id(password)
        {
            Salt = salt,
            KnownSecret = pepper,
            Iterations = TimeCost,
            MemorySize = MemoryCost,
            DegreeOfParallelism = Parallelism,
        };
        return argon2.GetBytes(OutputLength);
    }

    public override JsonObject ToJson() =>
        new()
        {
            ["timeCost"] = TimeCost,
            ["memoryCost"] = MemoryCost,
            ["parallelism"] = Parallelism,
            ["outputLen"] = OutputLength,
        };
}
