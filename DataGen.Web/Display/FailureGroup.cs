namespace DataGen.Web.Display;

/// <summary>Failed records that failed alike.</summary>
/// <param name="Message">What each of them ended with.</param>
/// <param name="Indices">Their indices, lowest first.</param>
internal sealed record FailureGroup(string Message, IReadOnlyList<int> Indices)
{
    private const int Shown = 12;

    /// <summary>The first indices as text.</summary>
    internal string Sample => string.Join(", ", Indices.Take(Shown).Select(index => $"#{index}")) + (Indices.Count > Shown ? ", …" : "");

    /// <summary>The groups, most frequent first.</summary>
    internal static IReadOnlyList<FailureGroup> Of(IEnumerable<RecordError> errors) =>
        [.. errors.GroupBy(error => error.Message, error => error.Index)
            .Select(group => new FailureGroup(group.Key, [.. group.Order()]))
            .OrderByDescending(group => group.Indices.Count)];
}
