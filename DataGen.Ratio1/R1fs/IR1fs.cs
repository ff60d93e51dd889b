using System.Text.Json.Nodes;

namespace DataGen.Ratio1.R1fs;

/// <summary>R1FS, Ratio1's encrypted file store on IPFS: content in, a CID (<c>Qm…</c>) out.</summary>
/// <remarks>
/// Every method throws <see cref="R1fsException"/> when the node cannot be reached, refuses, or answers without what
/// was asked for. Adding the same content
/// twice gives two CIDs unless a nonce is given. A node takes files up to 5 GiB (ratio1_sdk r1fs.py).
/// </remarks>
public interface IR1fs
{
    /// <summary>Checks that the node's R1FS answers.</summary>
    Task PingAsync(CancellationToken cancellationToken);

    /// <summary>Adds a file as a multipart upload, streamed. A stream that cannot seek is sent only once; any other is
    /// rewound for a repetition.</summary>
    /// <returns>The CID.</returns>
    Task<string> AddFileAsync(Stream content, R1fsFile file, CancellationToken cancellationToken);

    /// <summary>Adds a file from memory, as base64 in JSON: the same bytes come back.</summary>
    /// <returns>The CID.</returns>
    Task<string> AddFileBase64Async(ReadOnlyMemory<byte> content, R1fsFile file, CancellationToken cancellationToken);

    /// <summary>
    /// Adds an object as a JSON file. The node serialises it again, with its members sorted and everything beyond ASCII
    /// as <c>\uXXXX</c>; to keep bytes as they are, use <see cref="AddFileBase64Async"/>. It is read back like any
    /// file.
    /// </summary>
    /// <returns>The CID.</returns>
    Task<string> AddJsonAsync(JsonObject data, R1fsFile file, CancellationToken cancellationToken);

    /// <summary>A file's bytes as a stream. The deadline covers the time until the stream begins; dispose the stream.
    /// It is not repeated once it has begun.</summary>
    /// <exception cref="R1fsException">With <see cref="R1fsException.IsNotFound"/> when the node cannot get the
    /// file.</exception>
    Task<Stream> GetFileAsync(string cid, string? secret, CancellationToken cancellationToken);

    /// <summary>A whole file, with its name.</summary>
    /// <exception cref="R1fsException">With <see cref="R1fsException.IsNotFound"/> when the node cannot get the
    /// file.</exception>
    Task<R1fsContent> GetFileBase64Async(string cid, string? secret, CancellationToken cancellationToken);

    /// <summary>Unpins a file here and at the remote pinning service. Copies on other nodes disappear on their
    /// own.</summary>
    /// <exception cref="R1fsException">The node says it did not succeed.</exception>
    Task DeleteFileAsync(string cid, CancellationToken cancellationToken);

    /// <summary>Unpins many files in one call. Failures are reported, not thrown.</summary>
    Task<R1fsDeletion> DeleteFilesAsync(IReadOnlyCollection<string> cids, CancellationToken cancellationToken);
}
