using DataGen.Mock.Records.Drafting;

namespace DataGen.Mock.Records.Values;

/// <summary>Where the values of a field come from.</summary>
/// <param name="Type">The type of what is made.</param>
/// <param name="IsList">A list of strings is made.</param>
/// <param name="Make">Makes a string, bool, long, decimal or list of strings.</param>
/// <param name="IsKnown">The field's name says what it holds; otherwise this is the best guess.</param>
internal sealed record FieldSource(FieldType Type, bool IsList, Func<RecordContext, object> Make, bool IsKnown = true)
{
    /// <summary>The list belongs together, as the steps of a recipe do.</summary>
    public bool IsWhole { get; init; }
}
