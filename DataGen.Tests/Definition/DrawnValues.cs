using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataGen.Tests.Definition;

/// <summary>Whether drawn values are distributed as their samplers promise, to the record.</summary>
internal static partial class DrawnValues
{
    private const int Steps = 2000;

    private static readonly string[] TextsOfAPerson = ["firstName", "lastName", "gender", "city"];

    /// <summary>What is broken; empty: all is kept.</summary>
    /// <param name="samplers">The samplers of the definition.</param>
    /// <param name="drawn">The values of each record, by sampler.</param>
    public static IEnumerable<string> Broken(JsonElement samplers, IReadOnlyList<JsonElement> drawn) =>
        samplers
            .EnumerateObject()
            .SelectMany(sampler =>
                Broken(sampler.Name, sampler.Value, drawn).Select(problem => $"{sampler.Name}: {problem}")
            );

    private static IEnumerable<string> Broken(string name, JsonElement sampler, IReadOnlyList<JsonElement> drawn)
    {
        if (sampler.GetProperty("type").GetString() is not "conditional")
        {
            return Of(sampler, [.. drawn.Select(values => values.GetProperty(name))]);
        }

        var on = sampler.GetProperty("on").GetString()!;
        var cases = sampler.GetProperty("cases");
        return drawn
            .GroupBy(values => values.GetProperty(on).ToString(), values => values.GetProperty(name))
            .SelectMany(group =>
                cases.TryGetProperty(group.Key, out var one)
                    ? Of(one, [.. group]).Select(problem => $"where {on} is {group.Key}, {problem}")
                    : [$"{on} is {group.Key}, for which there is no case"]
            );
    }

    private static IEnumerable<string> Of(JsonElement sampler, JsonElement[] values) =>
        sampler.GetProperty("type").GetString() switch
        {
            "category" => Weighted(
                values,
                [
                    .. sampler
                        .GetProperty("weights")
                        .EnumerateObject()
                        .Select(weight => ($"\"{weight.Name}\"", weight.Value.GetDecimal())),
                ]
            ),
            "values" => Weighted(
                values,
                [.. sampler.GetProperty("values").EnumerateArray().Select(value => (Text(value), 1m))]
            ),
            "rows" => Rows(values, [.. sampler.GetProperty("rows").EnumerateArray()]),
            "integer" => Even(
                [.. values.Select(value => value.GetInt64())],
                sampler.GetProperty("min").GetInt64(),
                sampler.GetProperty("max").GetInt64()
            ),
            "date" => Even(
                [.. values.Select(value => Day(value))],
                Day(sampler.GetProperty("min")),
                Day(sampler.GetProperty("max"))
            ),
            "dateTime" => Even(
                [.. values.Select(value => Second(value))],
                Second(sampler.GetProperty("min")),
                Second(sampler.GetProperty("max"))
            ),
            "number" => Numbers(sampler, [.. values.Select(value => value.GetDecimal()).Order()]),
            "uuid" => Uuids([.. values.Select(value => value.GetString()!)]),
            "person" => values.Where(value => !IsPerson(value)).Select(value => $"{value} is no person"),
            var type => [$"the type {type} is not known here"],
        };

    /// <summary>Each value as often as its weight says: everybody gets the whole part of its share, and those with the
    /// largest rest one more, the first of equals before the others.</summary>
    private static IEnumerable<string> Weighted(JsonElement[] values, (string Value, decimal Weight)[] weights)
    {
        var sum = weights.Sum(weight => weight.Weight);
        var shares = weights.Select(weight => values.Length * weight.Weight / sum).ToArray();
        var wanted = shares.Select(share => (int)decimal.Truncate(share)).ToArray();
        var left = values.Length - wanted.Sum();
        for (; left > 0; left--)
        {
            var largest = 0;
            for (var number = 1; number < shares.Length; number++)
            {
                if (shares[number] - wanted[number] > shares[largest] - wanted[largest])
                {
                    largest = number;
                }
            }

            wanted[largest]++;
        }

        var found = values.CountBy(Text).ToDictionary();
        return
        [
            .. weights
                .Index()
                .Where(weight => found.GetValueOrDefault(weight.Item.Value) != wanted[weight.Index])
                .Select(weight =>
                    $"{weight.Item.Value} came {found.GetValueOrDefault(weight.Item.Value)} times, not {wanted[weight.Index]}"
                ),
            .. found
                .Keys.Except(weights.Select(weight => weight.Value))
                .Select(value => $"{value} is none of its values"),
        ];
    }

    private static IEnumerable<string> Rows(JsonElement[] values, JsonElement[] rows)
    {
        var counts = rows.Select(row => values.Count(value => JsonElement.DeepEquals(value, row))).ToArray();
        if (counts.Sum() != values.Length)
        {
            yield return "some values are none of the rows";
        }

        if (counts.Max() - counts.Min() > 1)
        {
            yield return $"the rows came {string.Join(", ", counts)} times";
        }
    }

    /// <summary>Each whole number equally often; where there are more numbers than values, one in each value's own
    /// stretch of them.</summary>
    private static IEnumerable<string> Even(long[] values, long min, long max)
    {
        Array.Sort(values);
        decimal numbers = max - min + 1;
        for (var rank = 0; rank < values.Length; rank++)
        {
            var (from, to) = (rank * numbers / values.Length, (rank + 1) * numbers / values.Length);
            if (values[rank] - min <= from - 1 || values[rank] - min >= to)
            {
                yield return $"the value of rank {rank} is {values[rank]}, outside its stretch {min + from} to {min + to}";
            }
        }
    }

    /// <summary>One in each of as many equally likely stretches as there are values, but for the rounding.</summary>
    private static IEnumerable<string> Numbers(JsonElement sampler, decimal[] values)
    {
        var (min, max) = (sampler.GetProperty("min").GetDecimal(), sampler.GetProperty("max").GetDecimal());
        var decimals = sampler.TryGetProperty("decimals", out var given) ? given.GetInt32() : 2;
        var unit = (decimal)Math.Pow(10, -decimals);
        double? mean = sampler.TryGetProperty("mean", out var middle) ? middle.GetDouble() : null;
        var deviation = mean is null ? 0 : sampler.GetProperty("deviation").GetDouble();
        var all = Area((double)max);
        for (var rank = 0; rank < values.Length; rank++)
        {
            var value = values[rank];
            if (value < min || value > max || decimal.Round(value, decimals) != value)
            {
                yield return $"{value} is not from {min} to {max} with {decimals} decimals";
            }

            if (
                Area((double)(value + unit)) / all < (double)rank / values.Length
                || Area((double)(value - unit)) / all > (rank + 1d) / values.Length
            )
            {
                yield return $"{value} of rank {rank} is not where the distribution has it";
            }
        }

        // Of what lies between the least and a number, by the midpoint rule.
        double Area(double to)
        {
            to = Math.Clamp(to, (double)min, (double)max);
            var width = (to - (double)min) / Steps;
            return Enumerable.Range(0, Steps).Sum(step => width * Density((double)min + ((step + 0.5) * width)));
        }

        double Density(double x) => mean is { } at ? Math.Exp(-(x - at) * (x - at) / (2 * deviation * deviation)) : 1;
    }

    private static IEnumerable<string> Uuids(string[] values) =>
        [
            .. values.Where(value => !Version4().IsMatch(value)).Select(value => $"{value} is no UUID of version 4"),
            .. values
                .CountBy(value => value)
                .Where(value => value.Value > 1)
                .Select(value => $"{value.Key} came twice"),
        ];

    private static bool IsPerson(JsonElement value) =>
        TextsOfAPerson.All(name => value.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 })
        && value.GetProperty("age").GetInt32() is >= 18 and <= 90;

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? $"\"{value.GetString()}\"" : value.GetRawText();

    private static long Day(JsonElement value) =>
        DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    private static long Second(JsonElement value) =>
        DateTimeOffset
            .ParseExact(
                value.GetString()!,
                "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal
            )
            .ToUnixTimeSeconds();

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z")]
    private static partial Regex Version4();
}
