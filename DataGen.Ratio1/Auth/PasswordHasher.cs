using System.Security.Cryptography;
using System.Text;

namespace DataGen.Ratio1.Auth;

/// <summary>Makes and checks password hashes, outside the request's thread and never more at once than there are
/// processors, because each takes 64 MiB.</summary>
/// <param name="pepper">The secret mixed into every hash.</param>
/// <param name="randomBytes">Makes salts of the wanted length.</param>
/// <param name="compute">Computes a hash from password, salt and pepper.</param>
/// <param name="slots">How many hashes may be computed at once.</param>
/// <param name="function">The hash function of new hashes.</param>
internal sealed class PasswordHasher(
    string pepper,
    Func<int, byte[]> randomBytes,
    Func<PasswordAlgorithm, byte[], byte[], byte[], byte[]> compute,
    int slots,
    PasswordHashFunction function = PasswordHashFunction.Argon2id
) : IDisposable
{
    private const int SaltBytes = 16;

    private readonly PasswordAlgorithm algorithm = PasswordAlgorithm.Of(function);
    private readonly byte[] pepper = Encoding.UTF8.GetBytes(pepper);
    private readonly SemaphoreSlim slots = new(slots, slots);

    /// <summary>A hasher with random salts and the real functions.</summary>
    public PasswordHasher(string pepper, PasswordHashFunction function = PasswordHashFunction.Argon2id)
        : this(
            pepper,
            RandomNumberGenerator.GetBytes,
            (algorithm, password, salt, pepperBytes) => algorithm.Compute(password, salt, pepperBytes),
            Environment.ProcessorCount,
            function
        ) { }

    // Checked when there is no hash to check, so that the answer takes as long. No password has this hash.
    private readonly PasswordRecord dummy = new(
        PasswordAlgorithm.Of(function),
        RandomNumberGenerator.GetBytes(32),
        RandomNumberGenerator.GetBytes(SaltBytes)
    );

    /// <summary>Hashes a password with a new salt.</summary>
    /// <exception cref="AuthException"><see cref="AuthErrorCode.InvalidPassword"/>: it is empty.</exception>
    public async Task<PasswordRecord> HashAsync(string? password, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw AuthErrors.InvalidPassword();
        }

        var salt = randomBytes(SaltBytes);
        return new PasswordRecord(algorithm, await ComputeAsync(algorithm, password, salt, cancellationToken), salt);
    }

    /// <summary>Whether the password is the record's; false, after the same work, when there is no record or the
    /// password is empty.</summary>
    public async Task<bool> VerifyAsync(string password, PasswordRecord? record, CancellationToken cancellationToken)
    {
        var (algorithm, hash, salt) = record ?? dummy;
        // Argon2 accepts no empty password.
        var computed = await ComputeAsync(
            algorithm,
            password.Length == 0 ? "empty" : password,
            salt,
            cancellationToken
        );
        return CryptographicOperations.FixedTimeEquals(computed, hash) && record is not null && password.Length > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private async Task<byte[]> ComputeAsync(
        PasswordAlgorithm algorithm,
        string password,
        byte[] salt,
        CancellationToken cancellationToken
    )
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => compute(algorithm, Encoding.UTF8.GetBytes(password), salt, pepper),
                cancellationToken
            );
        }
        finally
        {
            slots.Release();
        }
    }
}
