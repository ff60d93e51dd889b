namespace DataGen.Contracts;

/// <summary>What people made of a record, as the API tells it: what is not so is left out.</summary>
public sealed partial class Curation
{
    /// <summary>True where another record took its place.</summary>
    public bool? IsEdited => Change is RecordChange.Edited or RecordChange.Regenerated ? true : null;

    /// <summary>True where it is left out of the dataset.</summary>
    public bool? IsRemoved => Change == RecordChange.Removed ? true : null;

    /// <summary>True where it is an example of what is wanted.</summary>
    public bool? IsLiked => Liked ? true : null;
}
