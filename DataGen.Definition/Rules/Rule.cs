using System.Globalization;
using System.Text.Json;

namespace DataGen.Definition.Rules;

/// <summary>A rule between two members of a record, or a member and a number: <c>["start", "&lt;=",
/// "end"]</c>.</summary>
/// <param name="Left">A member of the record.</param>
/// <param name="Operator">Another member; null: <paramref name="Number"/> is compared.</param>
/// <param name="Right">Another member; null: <paramref name="Number"/>.</param>
/// <param name="Number">A number, true or false.</param>
public sealed record Rule(string Left, string Operator, string? Right, JsonElement? Number)
{
    /// <summary>The operators there are.</summary>
    public static IReadOnlyList<string> Operators { get; } = ["=", "!=", "<", "<=", ">", ">="];

    /// <inheritdoc/>
    public override string ToString() => $"{Left} {Operator} {Right ?? Number?.GetRawText()}";

    /// <summary>What is wrong with a record; null when the rule holds. A member that is absent or null breaks no
    /// rule.</summary>
    /// <param name="record">A JSON object.</param>
    public string? Problem(JsonElement record)
    {
        if (Value(record, Left) is not { } left || (Right is { } name ? Value(record, name) : Number) is not { } right)
        {
            return null;
        }

        return Compare(left, right) is not { } order
                ? $"{this} has to hold, and {left.GetRawText()} cannot be compared with {right.GetRawText()}"
            : Holds(order) ? null
            : $"{this} has to hold, and {left.GetRawText()} {Operator} {right.GetRawText()} does not";
    }

    private bool Holds(int order) =>
        Operator switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };

    private static JsonElement? Value(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    // Numbers are compared by value, moments by time in any zone, other text by its characters. Null: the two have no
    // order.
    private int? Compare(JsonElement left, JsonElement right) =>
        (left.ValueKind, right.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => left.TryGetDecimal(out var one)
            && right.TryGetDecimal(out var other)
                ? one.CompareTo(other)
                : left.GetDouble().CompareTo(right.GetDouble()),
            (JsonValueKind.String, JsonValueKind.String) => Moment(left) is { } one && Moment(right) is { } other
                ? one.CompareTo(other)
                : string.CompareOrdinal(left.GetString(), right.GetString()),
            (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False)
                when Operator is "=" or "!=" => left.ValueKind == right.ValueKind ? 0 : 1,
            _ => null,
        };

    private static DateTimeOffset? Moment(JsonElement value) =>
        value.GetString() is { Length: >= 20 } text
        && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
