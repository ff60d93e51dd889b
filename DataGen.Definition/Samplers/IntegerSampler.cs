using System.Globalization;
using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "integer", "min": 18, "max": 90}</c>: whole numbers, each equally often, as far as the number
/// of records allows.</summary>
/// <param name="Min">The least number.</param>
/// <param name="Max">The greatest number, not below <paramref name="Min"/>.</param>
public sealed record IntegerSampler(long Min, long Max) : Sampler
{
    internal override JsonNode Draw(in Place place) => JsonValue.Create(Min + place.Of(Max - Min + 1));

    internal override IEnumerable<KeyValuePair<string, long>>? Counts(long count)
    {
        var values = Max - Min + 1;
        return values > Math.Min(count, MostCounted)
            ? null
            : Enumerable
                .Range(0, (int)values)
                .Select(value =>
                    KeyValuePair.Create(
                        (Min + value).ToString(CultureInfo.InvariantCulture),
                        First(value + 1, count, values) - First(value, count, values)
                    )
                );
    }

    // The first rank that gets a value (the inverse of Place.Of).
    private static long First(long value, long count, long values) => ((value * count) + values - 1) / values;
}
