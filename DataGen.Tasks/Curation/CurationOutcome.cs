namespace DataGen.Tasks.Curation;

/// <summary>How the change of a record ended.</summary>
[GenerateSerializer]
internal enum CurationOutcome
{
    /// <summary>The change is stored.</summary>
    Stored,

    /// <summary>The task already has the most changed records that it can have.</summary>
    Full,

    /// <summary>Another change of the record came first, and stays.</summary>
    Changed,

    /// <summary>The task is deleted.</summary>
    Gone,
}
