using System.IO.Compression;

namespace DataGen.Runner.Inference;

/// <summary>Unpacks <c>Content-Encoding: x-gzip</c>, the old name of gzip (RFC 9110, 8.4.1.3), which .NET's own
/// decompression does not know.</summary>
internal static class OldGzip
{
    private const int BufferBytes = 80 * 1024;

    /// <summary>Whether a body is encoded in this way and in no other.</summary>
    public static bool Packs(HttpContent content) =>
        content.Headers.ContentEncoding.SingleOrDefault(encoding => encoding.Length > 0) is { } only
        && only.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>The unpacked body.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="HttpRequestException">The unpacked body is longer than <paramref name="most"/>
    /// bytes.</exception>
    public static async Task<byte[]> UnpackAsync(byte[] packed, long most, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (await gzip.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (plain.Length + read > most)
            {
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded);
            }

            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }
}
