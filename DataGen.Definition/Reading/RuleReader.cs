using System.Text.Json;
using DataGen.Definition.Rules;

namespace DataGen.Definition.Reading;

/// <summary>Reads <c>rules</c>: a list of <c>["start", "&lt;=", "end"]</c>.</summary>
internal static class RuleReader
{
    private const int MostRules = 50;

    /// <param name="definition">The document.</param>
    /// <param name="isMember">Whether a record may have a member of this name.</param>
    public static IReadOnlyList<Rule> Read(DefinitionNode definition, Predicate<string> isMember)
    {
        if (definition.Member("rules") is not { } node || !node.IsList())
        {
            return [];
        }

        if (node.Element.GetArrayLength() > MostRules)
        {
            node.Fail($"has {node.Element.GetArrayLength()} entries; {MostRules} are the most.");
            return [];
        }

        return [.. node.Items().Select(item => ReadRule(item, isMember)).OfType<Rule>()];
    }

    private static Rule? ReadRule(DefinitionNode node, Predicate<string> isMember)
    {
        if (node.Element.ValueKind != JsonValueKind.Array || node.Element.GetArrayLength() != 3)
        {
            node.Fail("has to be a list of three: a member, an operator, and a member or a number.");
            return null;
        }

        var (left, comparison, right) = (node.Element[0], node.Element[1], node.Element[2]);
        var parts = node.Items().ToList();
        if (comparison.ValueKind != JsonValueKind.String || !Rule.Operators.Contains(comparison.GetString()))
        {
            parts[1].Fail($"has to be one of {string.Join(" ", Rule.Operators)}.");
            return null;
        }

        if (!IsMember(parts[0], isMember) || (right.ValueKind == JsonValueKind.String && !IsMember(parts[2], isMember)))
        {
            return null;
        }

        switch (right.ValueKind)
        {
            case JsonValueKind.String:
                return new Rule(left.GetString()!, comparison.GetString()!, right.GetString(), null);
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return new Rule(left.GetString()!, comparison.GetString()!, null, right.Clone());
            default:
                parts[2].Fail("has to be a member, a number, true or false.");
                return null;
        }
    }

    private static bool IsMember(DefinitionNode node, Predicate<string> isMember)
    {
        if (node.Element.ValueKind == JsonValueKind.String && isMember(node.Element.GetString()!))
        {
            return true;
        }

        node.Fail(
            node.Element.ValueKind == JsonValueKind.String
                ? $"names '{node.Element.GetString()}', which is no member of the record."
                : "has to be the name of a member."
        );
        return false;
    }
}
