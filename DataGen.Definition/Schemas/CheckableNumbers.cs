using System.Text.Json;

namespace DataGen.Definition.Schemas;

/// <summary>Finds numbers that the schema checker cannot bear: for <c>multipleOf</c> JsonSchema.Net 8.0.5 takes as many
/// bytes of stack as the exponent says, and <c>1e99999999</c> ends the process.</summary>
internal static class CheckableNumbers
{
    private const int MostCharacters = 400;
    private const int LargestExponent = 400;

    /// <summary>The first number in a value that cannot be checked; null: there is none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">The value's place, as a JSON pointer.</param>
    public static SchemaViolation? FirstOther(JsonElement value, string place = "") =>
        value.ValueKind switch
        {
            JsonValueKind.Number when !IsOne(value.GetRawText()) => new SchemaViolation(
                place,
                "is a number with too many digits or too large an exponent"
            ),
            JsonValueKind.Array => value
                .EnumerateArray()
                .Select((item, at) => FirstOther(item, $"{place}/{at}"))
                .FirstOrDefault(found => found is not null),
            JsonValueKind.Object => value
                .EnumerateObject()
                .Select(member => FirstOther(member.Value, $"{place}/{Escape(member.Name)}"))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static bool IsOne(string number) =>
        number.Length <= MostCharacters
        && (
            number.IndexOfAny(['e', 'E']) is var exponent && exponent < 0
            || (int.TryParse(number.AsSpan(exponent + 1), out var power) && Math.Abs(power) <= LargestExponent)
        );

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
