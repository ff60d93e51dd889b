namespace DataGen.Formats;

/// <summary>One JSON object a line (jsonlines.org).</summary>
internal sealed class JsonLinesExportWriter : IExportWriter
{
    private static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();

    public string ContentType => "application/jsonl; charset=utf-8";

    public string Extension => "jsonl";

    public async Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        await foreach (var record in records().WithCancellation(cancellationToken))
        {
            await output.WriteAsync(record, cancellationToken);
            await output.WriteAsync(LineEnd, cancellationToken);
        }
    }
}
