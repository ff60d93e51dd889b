using DataGen.Formats;

namespace DataGen.Explorer.Datasets;

/// <summary>The type of a dataset's column.</summary>
internal enum ColumnType
{
    /// <summary>Only null so far.</summary>
    Empty,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>true and false.</summary>
    Boolean,

    /// <summary>Strings.</summary>
    Text,

    /// <summary>JSON text: objects, arrays, mixed values, and numbers that no column type holds exactly.</summary>
    Json,
}

/// <summary>Names of <see cref="ColumnType"/>.</summary>
internal static class ColumnTypes
{
    /// <summary>The type that holds all of these.</summary>
    public static ColumnType Of(ColumnKinds kinds) =>
        kinds switch
        {
            ColumnKinds.None => ColumnType.Empty,
            ColumnKinds.Boolean => ColumnType.Boolean,
            ColumnKinds.Whole or ColumnKinds.LongWhole or (ColumnKinds.Whole | ColumnKinds.LongWhole) =>
                ColumnType.Integer,
            ColumnKinds.Fraction or (ColumnKinds.Fraction | ColumnKinds.Whole) => ColumnType.Number,
            ColumnKinds.Text => ColumnType.Text,
            _ => ColumnType.Json,
        };

    /// <summary>Its name in explorer.proto.</summary>
    public static string Name(this ColumnType type) =>
        type switch
        {
            ColumnType.Integer => "integer",
            ColumnType.Number => "number",
            ColumnType.Boolean => "boolean",
            ColumnType.Text => "text",
            ColumnType.Json => "json",
            _ => "",
        };

    /// <summary>Its name in SQL.</summary>
    public static string Sql(this ColumnType type) =>
        type switch
        {
            ColumnType.Integer => "BIGINT",
            ColumnType.Number => "DOUBLE",
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Json => "JSON",
            _ => "VARCHAR",
        };
}
