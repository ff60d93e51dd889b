using Parquet;

namespace DataGen.Formats.Parquet;

/// <summary>
/// Writes Apache Parquet: a column per member in the order in which they are first seen, every one optional and typed
/// from the data. Only booleans: BOOLEAN; only whole numbers: INT64; only numbers: DOUBLE; only strings, or null in
/// every record: a UTF-8 string. Any other column holds JSON text: nested values, different kinds of values, and
/// numbers that would lose digits (beyond INT64, more digits than DOUBLE keeps, or whole ones beyond 2^53 among
/// fractions). The records are read twice, first for the columns. Memory holds one row group and, for the footer, a few
/// hundred bytes for each column of each row group that has been written.
/// </summary>
internal sealed class ParquetExportWriter : IExportWriter
{
    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Snappy };

    public string ContentType => "application/vnd.apache.parquet";

    public string Extension => "parquet";

    public async Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var columns = await RecordColumns.ReadAsync(records(), cancellationToken);
        var rows = new ParquetRows(columns);
        var file = await ParquetWriter.CreateAsync(rows.Schema, output, Options, cancellationToken: cancellationToken);
        await foreach (var record in records().WithCancellation(cancellationToken))
        {
            rows.Add(record.Span);
            if (rows.AreEnough)
            {
                await rows.WriteAsync(file, cancellationToken);
            }
        }

        if (rows.Count > 0)
        {
            await rows.WriteAsync(file, cancellationToken);
        }

        // Writes the footer, which a file that breaks off must not have.
        await file.DisposeAsync();
    }
}
