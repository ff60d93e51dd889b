namespace DataGen.Ratio1.R1fs;

/// <summary>What goes with the content of a file. Not printed with its secret.</summary>
/// <param name="Name">The file's name; the node takes the type of some files from its ending.</param>
/// <param name="Secret">
/// The word the content is encrypted under (AES-256-GCM with its SHA-256); null is the node's default, which every node
/// knows. It has to be given to read the file.
/// </param>
/// <param name="Nonce">Makes equal content give an equal CID; null is a random nonce, so that it does not. A multipart
/// upload ignores it.</param>
public sealed record R1fsFile(string Name, string? Secret = null, int? Nonce = null)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
