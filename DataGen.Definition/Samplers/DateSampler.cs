using System.Globalization;
using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "date", "min": "2024-01-01", "max": "2024-12-31"}</c>: days, each equally often, as far as the
/// number of records allows.</summary>
/// <param name="Min">The first day.</param>
/// <param name="Max">The last day.</param>
public sealed record DateSampler(DateOnly Min, DateOnly Max) : Sampler
{
    internal override JsonNode Draw(in Place place) =>
        JsonValue.Create(
            Min.AddDays((int)place.Of(Max.DayNumber - Min.DayNumber + 1))
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
}
