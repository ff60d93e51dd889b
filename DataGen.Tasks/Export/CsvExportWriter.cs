using System.Text.Json;
using CsvHelper;

namespace DataGen.Tasks.Export;

/// <summary>
/// CSV as RFC 4180 has it: UTF-8, CRLF, a header row with the union of all members in the order they are first seen. Strings stand as they are, nested
/// values as JSON text; null and a missing member are an empty field. The records are read twice, first for the header.
/// </summary>
internal sealed class CsvExportWriter : IExportWriter
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\r\n", WriteByteOrderMark = false, HasHeader = false };

    public string ContentType => "text/csv; charset=utf-8; header=present";

    public string Extension => "csv";

    public async Task WriteAsync(Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records, Stream output, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(records(), cancellationToken);
        if (columns.Length == 0)
        {
            return;
        }

        await using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        await csv.WriteRecordAsync(columns, cancellationToken);
        var row = new string[columns.Length];
        await foreach (var record in records().WithCancellation(cancellationToken))
        {
            using var document = JsonDocument.Parse(record);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = document.RootElement.TryGetProperty(columns[i], out var value) ? Text(value) : "";
            }

            await csv.WriteRecordAsync(row, cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static async Task<string[]> ColumnsAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken)
    {
        var columns = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            using var document = JsonDocument.Parse(record);
            columns.AddRange(document.RootElement.EnumerateObject().Select(member => member.Name).Where(seen.Add));
        }

        return [.. columns];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
