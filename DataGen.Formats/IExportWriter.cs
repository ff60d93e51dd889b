namespace DataGen.Formats;

/// <summary>Writes one file format.</summary>
public interface IExportWriter
{
    /// <summary>The format's media type, charset included.</summary>
    string ContentType { get; }

    /// <summary>The format's file name extension, without the dot.</summary>
    string Extension { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="records">Starts reading the records (compact UTF-8 JSON objects, in index order) from the first
    /// one; may be called more than once.</param>
    /// <param name="output">The stream that takes the bytes; it is not closed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    );
}
