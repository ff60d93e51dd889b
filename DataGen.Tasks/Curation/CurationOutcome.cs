namespace DataGen.Tasks.Curation;

/// <summary>How the change of a record ended.</summary>
[GenerateSerializer]
internal enum CurationOutcome
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>More records of the task cannot be touched.</summary>
    Full,

    /// <summary>Somebody changed the record at the same time; it is as they made it.</summary>
    Changed,

    /// <summary>The task is deleted.</summary>
    Gone,
}
