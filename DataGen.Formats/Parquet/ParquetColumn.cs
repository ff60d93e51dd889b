using Parquet;
using Parquet.Schema;

namespace DataGen.Formats.Parquet;

/// <summary>A column of the row group that is being filled. A value that is not set is null.</summary>
internal abstract class ParquetColumn
{
    public abstract DataField Field { get; }

    /// <summary>A column of the type that holds all of <paramref name="kinds"/>.</summary>
    public static ParquetColumn Create(string name, ColumnKinds kinds) =>
        kinds switch
        {
            ColumnKinds.None or ColumnKinds.Text => new ParquetTextColumn(name, isJson: false),
            ColumnKinds.Boolean => new ParquetValueColumn<bool>(name, static (ref member) => member.ReadBoolean()),
            _ when (kinds & ~(ColumnKinds.Whole | ColumnKinds.LongWhole)) == 0 => new ParquetValueColumn<long>(
                name,
                static (ref member) => member.ReadInt64()
            ),
            _ when (kinds & ~(ColumnKinds.Whole | ColumnKinds.Fraction)) == 0 => new ParquetValueColumn<double>(
                name,
                static (ref member) => member.ReadDouble()
            ),
            _ => new ParquetTextColumn(name, isJson: true),
        };

    /// <summary>Sets a row's value.</summary>
    /// <returns>The bytes that the value takes in memory beyond its cell.</returns>
    public abstract long Set(int row, ref RecordMembers member);

    /// <summary>Writes the first <paramref name="rows"/> values.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, int rows, CancellationToken cancellationToken);

    /// <summary>Makes the first <paramref name="rows"/> values null.</summary>
    public abstract void Clear(int rows);

    /// <summary>Makes room for <paramref name="rows"/> values, in steps, because most tables are small.</summary>
    protected static void Grow<T>(ref T[] values, int rows)
    {
        if (values.Length < rows)
        {
            Array.Resize(ref values, Math.Max(rows, Math.Max(64, values.Length * 2)));
        }
    }
}
