namespace DataGen.Contracts;

/// <summary>How people changed a record, as members of the API's JSON. A member is null, and so left out, where it
/// would be false.</summary>
public sealed partial class Curation
{
    /// <summary>True where a person or the model has replaced the record.</summary>
    public bool? IsEdited => Change is RecordChange.Edited or RecordChange.Regenerated ? true : null;

    /// <summary>True where the record is left out of the dataset.</summary>
    public bool? IsRemoved => Change == RecordChange.Removed ? true : null;

    /// <summary>True where the record is an example of what is wanted.</summary>
    public bool? IsLiked => Liked ? true : null;
}
