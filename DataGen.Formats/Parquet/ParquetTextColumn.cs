using Parquet;
using Parquet.Schema;

namespace DataGen.Formats.Parquet;

/// <summary>Strings, or values of all kinds as JSON text.</summary>
internal sealed class ParquetTextColumn(string name, bool isJson) : ParquetColumn
{
    private const int BytesPerString = 24;
    private string?[] values = [];

    public override DataField Field { get; } = new DataField<string>(name, nullable: true);

    public override long Set(int row, ref RecordMembers member)
    {
        Grow(ref values, row + 1);
        var text = isJson ? member.ReadJson() : member.ReadText();
        values[row] = text;
        return BytesPerString + (sizeof(char) * (long)text.Length);
    }

    public override Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Grow(ref values, rows);
        return group.WriteAsync(Field, new ArraySegment<string>(values!, 0, rows));
    }

    public override void Clear(int rows) => Array.Clear(values, 0, rows);
}
