namespace DataGen.Formats;

/// <summary>The kinds of values that a column holds; null counts as none.</summary>
[Flags]
public enum ColumnKinds
{
    None = 0,

    /// <summary>true and false.</summary>
    Boolean = 1,

    /// <summary>Whole numbers that both INT64 and DOUBLE hold.</summary>
    Whole = 2,

    /// <summary>Whole numbers that INT64 holds and DOUBLE would round, such as 9007199254740993.</summary>
    LongWhole = 4,

    /// <summary>Numbers with a fraction or an exponent that DOUBLE holds exactly.</summary>
    Fraction = 8,

    /// <summary>Strings.</summary>
    Text = 16,

    /// <summary>Objects, arrays, and numbers that neither INT64 nor DOUBLE holds exactly.</summary>
    Other = 32,
}
