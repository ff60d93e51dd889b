using CsvHelper;

namespace DataGen.Formats;

/// <summary>
/// Writes CSV (RFC 4180): UTF-8, CRLF, a header row with the union of all members in the order in which they are first
/// seen. Strings are written as they are, nested values as JSON text; null and a missing member are an empty field. The
/// records are read twice, first for the header.
/// </summary>
/// <param name="guardFormulas">Whether fields that a spreadsheet would take for formulas are made into text, also in
/// the header, and every field is quoted.</param>
/// <param name="byteOrderMark">Whether the file begins with the mark by which Excel knows UTF-8.</param>
internal sealed class CsvExportWriter(bool guardFormulas, bool byteOrderMark = false) : IExportWriter
{
    private readonly CsvWriterOptions options = new()
    {
        NewLine = "\r\n",
        WriteByteOrderMark = byteOrderMark,
        HasHeader = false,
        Quoting = guardFormulas ? CsvQuoting.Always : CsvQuoting.WhenNeeded,
    };

    public string ContentType => "text/csv; charset=utf-8; header=present";

    public string Extension => "csv";

    public async Task WriteAsync(
        Func<IAsyncEnumerable<ReadOnlyMemory<byte>>> records,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var columns = await RecordColumns.ReadAsync(records(), cancellationToken);
        if (columns.All.Count == 0)
        {
            return;
        }

        await using var csv = CsvWriter.Create(output, options, leaveOpen: true);
        string[] row = [.. columns.All.Select(column => Field(column.Name))];
        await csv.WriteRecordAsync(row, cancellationToken);
        await foreach (var record in records().WithCancellation(cancellationToken))
        {
            Fill(row, record.Span, columns);
            await csv.WriteRecordAsync(row, cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private void Fill(string[] row, ReadOnlySpan<byte> record, RecordColumns columns)
    {
        Array.Fill(row, "");
        var members = new RecordMembers(record, columns);
        while (members.Next())
        {
            row[members.Column] = members.IsNull ? "" : Field(members.ReadText());
        }
    }

    private string Field(string text) => guardFormulas ? FormulaGuard.Apply(text) : text;
}
