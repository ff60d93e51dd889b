namespace DataGen.Contracts;

/// <summary>What a record's failure says where more than its reader acts upon it.</summary>
public static class RecordProblems
{
    /// <summary>How the failure begins of a record that more output tokens would have saved.</summary>
    public const string CutOff = "The answer was cut off";
}
