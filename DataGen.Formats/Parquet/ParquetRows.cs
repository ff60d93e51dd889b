using Parquet;
using Parquet.Schema;

namespace DataGen.Formats.Parquet;

/// <summary>The rows of the row group that is being filled; bounded in number and in the memory they take.</summary>
internal sealed class ParquetRows
{
    private const int MostRows = 10_000;
    private const long MostBytes = 16 * 1024 * 1024;
    private const int BytesPerCell = 16;
    private const string NameOfNone = "_";
    private readonly RecordColumns source;
    private readonly ParquetColumn[] columns;
    private long bytes;

    /// <summary>No rows yet. Parquet.Net cannot write a file without columns: records without any member get one,
    /// <c>_</c>, which is always null.</summary>
    public ParquetRows(RecordColumns source)
    {
        this.source = source;
        columns =
            source.All.Count > 0
                ? [.. source.All.Select(column => ParquetColumn.Create(NameOf(column), column.Kinds))]
                : [ParquetColumn.Create(NameOfNone, ColumnKinds.None)];
        Schema = new ParquetSchema(columns.Select(column => column.Field));
    }

    public ParquetSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the rows are to be written now.</summary>
    public bool AreEnough => Count == MostRows || bytes >= MostBytes;

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        var members = new RecordMembers(record, source);
        while (members.Next())
        {
            if (!members.IsNull)
            {
                bytes += columns[members.Column].Set(Count, ref members);
            }
        }

        bytes += BytesPerCell * columns.Length;
        Count++;
    }

    /// <summary>Writes the rows as a row group and clears them.</summary>
    public async Task WriteAsync(ParquetWriter file, CancellationToken cancellationToken)
    {
        using (var group = file.CreateRowGroup())
        {
            foreach (var column in columns)
            {
                await column.WriteAsync(group, Count, cancellationToken);
                column.Clear(Count);
            }

            group.CompleteValidate();
        }

        (Count, bytes) = (0, 0);
    }

    // Readers, Parquet.Net's own among them, do not find a column with an empty name.
    private string NameOf(RecordColumn column)
    {
        var name = column.Name;
        while (name.Length == 0 || (column.Name.Length == 0 && source.Contains(name)))
        {
            name += NameOfNone;
        }

        return name;
    }
}
