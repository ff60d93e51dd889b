namespace DataGen.Definition;

/// <summary>Why a whole record is rejected.</summary>
public enum Flaw
{
    /// <summary>The record is accepted.</summary>
    None,

    /// <summary>The record is not valid under the schema, or changes a drawn value.</summary>
    Invalid,

    /// <summary>The record breaks a rule between its members.</summary>
    Rule,

    /// <summary>The record repeats another record, or an example, in what has to differ.</summary>
    Duplicate,

    /// <summary>The record's text is nearly that of another record.</summary>
    Near,
}
