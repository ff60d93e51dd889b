namespace DataGen.Tasks.Curation;

/// <summary>What replaces the generated record.</summary>
[GenerateSerializer]
internal enum RecordChange
{
    /// <summary>Nothing: the record is as it was generated.</summary>
    None,

    /// <summary>A record that a person wrote.</summary>
    Edited,

    /// <summary>A record that the model made again.</summary>
    Regenerated,

    /// <summary>Nothing: the record is left out of the dataset.</summary>
    Removed,
}
