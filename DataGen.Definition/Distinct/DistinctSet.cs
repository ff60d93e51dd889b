namespace DataGen.Definition.Distinct;

/// <summary>Members in which no two records may agree.</summary>
/// <param name="Members">Names of members of the record; null: all that are not drawn.</param>
/// <param name="Exact">Whether text that differs in case, or in blanks around it, differs.</param>
public sealed record DistinctSet(IReadOnlyList<string>? Members, bool Exact)
{
    /// <summary>What it speaks of, for people: <c>email</c>, <c>name and city</c>, <c>the whole record</c>.</summary>
    public string Title => Members is null ? "the whole record" : string.Join(" and ", Members);
}
