namespace DataGen.Ratio1.Auth;

/// <summary>The functions that cstore-auth-ts hashes passwords with; the name stands in lower case in each
/// record.</summary>
public enum PasswordHashFunction
{
    /// <summary>Argon2id with 64 MiB and three passes.</summary>
    Argon2id,

    /// <summary>scrypt with 32 MiB.</summary>
    Scrypt,
}
