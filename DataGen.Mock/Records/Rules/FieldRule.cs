using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Rules;

/// <summary>How fields whose words match are filled.</summary>
/// <param name="Pattern">Looked for in the field's words.</param>
/// <param name="Type">The JSON type of what it makes.</param>
/// <param name="Make">Makes a value: a string, long, double, bool, or list of strings.</param>
internal sealed record FieldRule(Regex Pattern, FieldType Type, Func<FieldSpec, RecordContext, object> Make)
{
    /// <summary>The field is a list even where nothing says so: <c>tags</c>.</summary>
    public bool IsList { get; init; }
}
