using System.Globalization;
using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "dateTime", "min": "2024-01-01T00:00:00Z", "max": …}</c>: moments to the second, in UTC, spread
/// evenly.</summary>
/// <param name="Min">The first moment.</param>
/// <param name="Max">The last moment.</param>
public sealed record DateTimeSampler(DateTimeOffset Min, DateTimeOffset Max) : Sampler
{
    /// <summary>The first whole second that is not before <see cref="Min"/>, in seconds since 1970.</summary>
    internal long First { get; } = Min.ToUnixTimeSeconds() + (Min.Ticks % TimeSpan.TicksPerSecond == 0 ? 0 : 1);

    /// <summary>The last whole second that is not after <see cref="Max"/>, in seconds since 1970.</summary>
    internal long Last { get; } = Max.ToUnixTimeSeconds();

    internal override JsonNode Draw(in Place place) =>
        JsonValue.Create(
            DateTimeOffset
                .FromUnixTimeSeconds(First + place.Of(Last - First + 1))
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        );
}
