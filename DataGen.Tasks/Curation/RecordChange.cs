namespace DataGen.Tasks.Curation;

/// <summary>What took the place of a record as it was generated.</summary>
[GenerateSerializer]
internal enum RecordChange
{
    /// <summary>Nothing: it is as it was generated.</summary>
    None,

    /// <summary>What a person wrote.</summary>
    Edited,

    /// <summary>What the model wrote when it was asked once more.</summary>
    Regenerated,

    /// <summary>Nothing: it is left out of the dataset.</summary>
    Removed,
}
