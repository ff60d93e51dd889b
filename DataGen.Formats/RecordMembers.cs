using System.Text;
using System.Text.Json;

namespace DataGen.Formats;

/// <summary>Reads one record's members in order, with the column of each.</summary>
public ref struct RecordMembers
{
    private readonly ReadOnlySpan<byte> record;
    private readonly RecordColumns columns;
    private Utf8JsonReader reader;
    private int start;

    public RecordMembers(ReadOnlySpan<byte> record, RecordColumns columns)
    {
        this.record = record;
        this.columns = columns;
        Column = -1;
        reader = new Utf8JsonReader(record);
        reader.Read();
    }

    /// <summary>The present member's column.</summary>
    public int Column { get; private set; }

    /// <summary>Whether the present member is null.</summary>
    public readonly bool IsNull => reader.TokenType == JsonTokenType.Null;

    /// <summary>The kind of the present member's value.</summary>
    public readonly ColumnKinds Kind =>
        reader.TokenType switch
        {
            JsonTokenType.Null => ColumnKinds.None,
            JsonTokenType.True or JsonTokenType.False => ColumnKinds.Boolean,
            JsonTokenType.String => ColumnKinds.Text,
            JsonTokenType.Number => KindOfNumber(),
            _ => ColumnKinds.Other,
        };

    /// <summary>Moves to the next member.</summary>
    /// <returns>False when there is none.</returns>
    public bool Next()
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        Column = columns.IndexOf(ref reader, Column + 1);
        reader.Read();
        start = (int)reader.TokenStartIndex;
        reader.Skip();
        return true;
    }

    public readonly bool ReadBoolean() => reader.GetBoolean();

    public readonly long ReadInt64() => reader.GetInt64();

    public readonly double ReadDouble() => reader.GetDouble();

    /// <summary>A string as it is, any other value as JSON text.</summary>
    public readonly string ReadText() => reader.TokenType == JsonTokenType.String ? reader.GetString()! : ReadJson();

    /// <summary>The value as JSON text, as the model wrote it.</summary>
    public readonly string ReadJson() => Encoding.UTF8.GetString(record[start..(int)reader.BytesConsumed]);

    private readonly ColumnKinds KindOfNumber()
    {
        if (reader.ValueSpan.ContainsAny(".eE"u8))
        {
            return Digits.SurviveDouble(reader.ValueSpan) ? ColumnKinds.Fraction : ColumnKinds.Other;
        }

        return !reader.TryGetInt64(out var whole) ? ColumnKinds.Other
            : (Int128)(double)whole == whole ? ColumnKinds.Whole
            : ColumnKinds.LongWhole;
    }
}
