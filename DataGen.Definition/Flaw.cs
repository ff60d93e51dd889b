namespace DataGen.Definition;

/// <summary>Why a whole record is not taken.</summary>
public enum Flaw
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>It is not valid under the schema, or changes a drawn value.</summary>
    Invalid,

    /// <summary>It breaks a rule between its members.</summary>
    Rule,

    /// <summary>It repeats another record, or an example, in what has to differ.</summary>
    Duplicate,

    /// <summary>Its text is nearly that of another record.</summary>
    Near,
}
