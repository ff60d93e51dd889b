namespace DataGen.Formats;

/// <summary>One JSON array, a record a line.</summary>
internal sealed class JsonExportWriter : IExportWriter
{
    public string ContentType => "application/json; charset=utf-8";

    public string Extension => "json";

    public async Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        ReadOnlyMemory<byte> separator = "[\n"u8.ToArray(),
            next = ",\n"u8.ToArray();
        var empty = true;
        await foreach (var record in records().WithCancellation(cancellationToken))
        {
            await output.WriteAsync(separator, cancellationToken);
            await output.WriteAsync(record, cancellationToken);
            separator = next;
            empty = false;
        }

        await output.WriteAsync(empty ? "[]\n"u8.ToArray() : "\n]\n"u8.ToArray(), cancellationToken);
    }
}
