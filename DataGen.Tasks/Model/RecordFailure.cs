namespace DataGen.Tasks.Model;

/// <summary>Why one record failed.</summary>
[GenerateSerializer, Immutable]
internal sealed record RecordFailure([property: Id(0)] int Index, [property: Id(1)] string Message)
{
    /// <summary>How many failures are shown with the task; all of them are among its records.</summary>
    public const int ShownPerTask = 100;

    /// <summary>Longest message kept, in UTF-16 units.</summary>
    public const int LongestMessage = 300;
}
