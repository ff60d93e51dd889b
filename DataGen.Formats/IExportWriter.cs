namespace DataGen.Formats;

/// <summary>One file format.</summary>
public interface IExportWriter
{
    /// <summary>Its media type, charset included.</summary>
    string ContentType { get; }

    /// <summary>Its file name extension, without the dot.</summary>
    string Extension { get; }

    /// <summary>Writes a file.</summary>
    /// <param name="records">Starts reading the records (compact UTF-8 JSON objects, in index order) from the first on;
    /// may be called more than once.</param>
    /// <param name="output">Where the bytes go; not closed.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    );
}
