using System.Text.Json;
using DataGen.Definition.Distinct;

namespace DataGen.Definition.Reading;

/// <summary>Reads <c>unique</c>: <c>true</c>, or a list of sets of members, each a list of names or
/// <c>{"members": ["sku"], "exact": true}</c>.</summary>
internal static class UniqueReader
{
    private const int MostSets = 8;
    private const int MostMembers = 16;
    private const int LongestName = 200;
    private const double LeastSimilarity = 0.5;
    private const double DefaultSimilarity = 0.8;

    /// <param name="definition">The document.</param>
    /// <param name="isMember">Whether a record may have a member of this name.</param>
    public static IReadOnlyList<DistinctSet> Read(DefinitionNode definition, Predicate<string> isMember)
    {
        if (definition.Member("unique") is not { } node || node.Element.ValueKind == JsonValueKind.False)
        {
            return [];
        }

        if (node.Element.ValueKind == JsonValueKind.True)
        {
            return [new DistinctSet(null, Exact: false)];
        }

        if (node.Element.ValueKind != JsonValueKind.Array)
        {
            node.Fail("has to be true, or a list of lists of members.");
            return [];
        }

        if (node.Element.GetArrayLength() is 0 or > MostSets)
        {
            node.Fail($"has to have 1 to {MostSets} sets.");
            return [];
        }

        return [.. node.Items().Select(item => ReadSet(item, isMember)).OfType<DistinctSet>()];
    }

    /// <summary>Reads <c>near</c>: <c>{"field": "review", "similarity": 0.8}</c>.</summary>
    /// <param name="definition">The document.</param>
    /// <param name="count">The definition's count; null: the count is wrong.</param>
    /// <param name="isText">Whether a record may have a text of this name that the model writes.</param>
    public static NearText? ReadNear(DefinitionNode definition, int? count, Predicate<string> isText)
    {
        if (!definition.Has("near") || definition.Member("near") is not { } node || !node.IsObject())
        {
            return null;
        }

        node.AllowOnly("field", "similarity");
        var field = node.Text("field", LongestName);
        var similarity = node.Has("similarity") ? node.Number("similarity") : DefaultSimilarity;
        if (field is not null && !isText(field))
        {
            node.Member("field")!.Fail($"names '{field}', which is no member that the model writes.");
        }

        if (similarity is < LeastSimilarity or > 1)
        {
            node.Member("similarity")!.Fail($"has to be a number from {LeastSimilarity} to 1.");
        }

        if (count > NearText.MostRecords)
        {
            node.Fail($"is taken for up to {NearText.MostRecords} records.");
        }

        return field is null ? null : new NearText(field, similarity ?? DefaultSimilarity);
    }

    private static DistinctSet? ReadSet(DefinitionNode node, Predicate<string> isMember)
    {
        var exact = false;
        var names = node;
        if (node.Element.ValueKind == JsonValueKind.Object)
        {
            node.AllowOnly("members", "exact");
            exact = node.Has("exact") && node.Flag("exact");
            if (node.Required("members") is not { } members)
            {
                return null;
            }

            names = members;
        }

        if (!names.IsList())
        {
            return null;
        }

        if (names.Element.GetArrayLength() is 0 or > MostMembers)
        {
            names.Fail($"has to have 1 to {MostMembers} members.");
            return null;
        }

        var read = new List<string>();
        foreach (var item in names.Items())
        {
            if (
                item.Element.ValueKind != JsonValueKind.String
                || item.Element.GetString() is not { Length: > 0 and <= LongestName } name
            )
            {
                item.Fail("has to be the name of a member.");
            }
            else if (read.Contains(name))
            {
                item.Fail("is named twice.");
            }
            else if (!isMember(name))
            {
                item.Fail($"names '{name}', which is no member of the record.");
            }
            else
            {
                read.Add(name);
            }
        }

        return new DistinctSet(read, exact);
    }
}
