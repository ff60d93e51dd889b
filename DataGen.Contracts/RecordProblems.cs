namespace DataGen.Contracts;

/// <summary>The failure messages of records that are not only shown but also checked by code.</summary>
public static class RecordProblems
{
    /// <summary>The beginning of the message of a record that failed because it needed more output tokens.</summary>
    public const string CutOff = "The answer was cut off";
}
