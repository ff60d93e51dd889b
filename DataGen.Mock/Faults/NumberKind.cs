using System.Globalization;
using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>A number from <paramref name="minimum"/> to <paramref name="maximum"/>. In a rate (0 to 1) <c>true</c> is 1
/// and <c>false</c> is 0.</summary>
internal sealed class NumberKind(double minimum, double maximum, bool whole) : FaultKind<double>
{
    public static NumberKind Rate { get; } = new(0, 1, whole: false);

    public static NumberKind Milliseconds { get; } = new(0, 3_600_000, whole: false);

    public static NumberKind Count { get; } = new(0, 1_000_000_000, whole: true);

    public override string? ParseText(string text, out double value)
    {
        if (maximum is 1 && bool.TryParse(text, out var flag))
        {
            value = flag ? 1 : 0;
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && IsAllowed(value)
            ? null
            : Problem($"'{text}'");
    }

    public override string? ParseJson(JsonElement json, out double value)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.True when maximum is 1 => 1,
            JsonValueKind.False when maximum is 1 => 0,
            _ => double.NaN,
        };
        return IsAllowed(value) ? null : Problem(json.GetRawText());
    }

    public override void Write(Utf8JsonWriter json, double value) => json.WriteNumberValue(value);

    private bool IsAllowed(double value) =>
        value >= minimum && value <= maximum && (!whole || value == Math.Floor(value));

    private string Problem(string given) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{given} is not a {(whole ? "whole number" : "number")} from {minimum} to {maximum}."
        );
}
