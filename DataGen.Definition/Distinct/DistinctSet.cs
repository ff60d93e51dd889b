namespace DataGen.Definition.Distinct;

/// <summary>Members in which no two records may agree.</summary>
/// <param name="Members">Names of members of the record; null: all members that are not drawn.</param>
/// <param name="Exact">Whether texts that differ only in case, or in the blanks around them, count as
/// different.</param>
public sealed record DistinctSet(IReadOnlyList<string>? Members, bool Exact)
{
    /// <summary>The set in words: <c>email</c>, <c>name and city</c>, <c>the whole record</c>.</summary>
    public string Title => Members is null ? "the whole record" : string.Join(" and ", Members);
}
