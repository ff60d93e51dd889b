using System.Text.Json.Nodes;

namespace DataGen.Definition.Samplers;

/// <summary><c>{"type": "number", "min": 0, "max": 1}</c>: numbers spread evenly, one in each of as many equal stretches
/// as there are records; with <c>mean</c> and <c>deviation</c> the bell curve between the bounds.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Mean">The mean of a normal distribution; null: uniform.</param>
/// <param name="Deviation">Its standard deviation, above 0.</param>
/// <param name="Decimals">Digits behind the point, 0 to 12.</param>
public sealed record NumberSampler(double Min, double Max, double? Mean, double? Deviation, int Decimals) : Sampler
{
    internal override JsonNode Draw(in Place place)
    {
        var value =
            Mean is { } mean && Deviation is { } deviation
                ? mean + (deviation * Normal.Quantile(Between(place.Quantile, mean, deviation)))
                : Min + (place.Quantile * (Max - Min));
        return JsonValue.Create((decimal)Math.Round(Math.Clamp(value, Min, Max), Decimals));
    }

    // The part of the bell curve between the bounds, stretched to 0 to 1.
    private double Between(double quantile, double mean, double deviation)
    {
        var (low, high) = (Normal.Share((Min - mean) / deviation), Normal.Share((Max - mean) / deviation));
        return low + (quantile * (high - low));
    }
}
