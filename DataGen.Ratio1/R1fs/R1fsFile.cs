namespace DataGen.Ratio1.R1fs;

/// <summary>The name and protection of a file. Its text form leaves out the secret.</summary>
/// <param name="Name">The file's name; the node takes the type of some files from its ending.</param>
/// <param name="Secret">
/// The secret that the content is encrypted under (AES-256-GCM with its SHA-256); null is the node's default, which
/// every node knows. Reading the file needs the same secret.
/// </param>
/// <param name="Nonce">With a nonce, equal content gives an equal CID; null is a random nonce, with which it does not.
/// A multipart upload ignores it.</param>
public sealed record R1fsFile(string Name, string? Secret = null, int? Nonce = null)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
