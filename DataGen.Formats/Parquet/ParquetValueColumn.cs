using Parquet;
using Parquet.Schema;

namespace DataGen.Formats.Parquet;

/// <summary>Booleans or numbers.</summary>
internal sealed class ParquetValueColumn<T>(string name, MemberReader<T> read) : ParquetColumn
    where T : struct
{
    private T?[] values = [];

    public override DataField Field { get; } = new DataField<T?>(name);

    public override long Set(int row, ref RecordMembers member)
    {
        Grow(ref values, row + 1);
        values[row] = read(ref member);
        return 0;
    }

    public override Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken)
    {
        Grow(ref values, rows);
        return group.WriteAsync<T>(
            Field,
            (ReadOnlyMemory<T?>)values.AsMemory(0, rows),
            cancellationToken: cancellationToken
        );
    }

    public override void Clear(int rows) => Array.Clear(values, 0, rows);
}
