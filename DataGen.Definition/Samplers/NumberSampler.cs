using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "number", "min": 0, "max": 1}</c>: evenly spread numbers, one in each of as many equal parts of
/// the range as there are records; with <c>mean</c> and <c>deviation</c> a bell curve between the bounds.</summary>
/// <param name="Min">The least number.</param>
/// <param name="Max">The greatest number.</param>
/// <param name="Mean">The mean of a normal distribution; null: uniform.</param>
/// <param name="Deviation">Its standard deviation, above 0.</param>
/// <param name="Decimals">Digits after the point, 0 to 12.</param>
public sealed record NumberSampler(double Min, double Max, double? Mean, double? Deviation, int Decimals) : Sampler
{
    private static readonly decimal[] Powers =
    [
        .. Enumerable.Range(0, 13).Select(digits => (decimal)Math.Pow(10, digits)),
    ];

    /// <summary>The least number with so many decimals that is not below <see cref="Min"/>.</summary>
    internal decimal Least { get; } = Math.Ceiling((decimal)Min * Powers[Decimals]) / Powers[Decimals];

    /// <summary>The greatest number with so many decimals that is not above <see cref="Max"/>.</summary>
    internal decimal Greatest { get; } = Math.Floor((decimal)Max * Powers[Decimals]) / Powers[Decimals];

    internal override JsonNode Draw(in Place place)
    {
        var value =
            Mean is { } mean && Deviation is { } deviation
                ? mean + (deviation * Normal.Quantile(Between(place.Quantile, mean, deviation)))
                : Min + (place.Quantile * (Max - Min));
        return JsonValue.Create(
            Math.Clamp((decimal)Math.Round(Math.Clamp(value, Min, Max), Decimals), Least, Greatest)
        );
    }

    // The part of the bell curve between the bounds, stretched to 0 to 1.
    private double Between(double quantile, double mean, double deviation)
    {
        var (low, high) = (Normal.Share((Min - mean) / deviation), Normal.Share((Max - mean) / deviation));
        return low + (quantile * (high - low));
    }
}
