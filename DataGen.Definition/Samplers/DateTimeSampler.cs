using System.Globalization;
using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "dateTime", "min": "2024-01-01T00:00:00Z", "max": …}</c>: moments to the second, in UTC, spread
/// evenly.</summary>
/// <param name="Min">The first.</param>
/// <param name="Max">The last.</param>
public sealed record DateTimeSampler(DateTimeOffset Min, DateTimeOffset Max) : Sampler
{
    internal override JsonNode Draw(in Place place) =>
        JsonValue.Create(
            Min.UtcDateTime.AddSeconds(place.Of((long)(Max - Min).TotalSeconds + 1))
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        );
}
