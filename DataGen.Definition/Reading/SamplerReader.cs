using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataGen.Definition.Samplers;

namespace DataGen.Definition.Reading;

/// <summary>Reads one sampler.</summary>
internal static class SamplerReader
{
    private const int MostValues = 1000;
    private const int MostDecimals = 12;
    private const int LongestText = 1000;

    /// <summary>The largest whole number that every reader of JSON keeps (2^53 - 1).</summary>
    private const long LargestWhole = 9_007_199_254_740_991;

    /// <param name="node">The sampler.</param>
    /// <param name="mayDepend">Whether it may be conditional. A case of a conditional sampler may not be conditional
    /// itself.</param>
    /// <returns>The sampler. Null when it is wrong, which is added as an error.</returns>
    public static Sampler? Read(DefinitionNode node, bool mayDepend)
    {
        if (!node.IsObject())
        {
            return null;
        }

        var before = node.Errors.Count;
        var inRecord = !node.Has("inRecord") || node.Flag("inRecord");
        if (!mayDepend && node.Member("inRecord") is { } flag)
        {
            flag.Fail("belongs to the conditional sampler, not to one of its cases.");
        }

        var sampler = node.Text("type", LongestText) switch
        {
            null => null,
            "category" => Category(node),
            "values" => Values(node),
            "integer" => Integer(node),
            "number" => Number(node),
            "date" => Dates(node),
            "dateTime" => DateTimes(node),
            "uuid" => Uuid(node),
            "person" => Person(node),
            "rows" => RowsReader.Read(node),
            "conditional" when mayDepend => Conditional(node),
            _ => Unknown(node, mayDepend),
        };
        return node.Errors.Count > before ? null : sampler! with { InRecord = inRecord };
    }

    private static Sampler? Unknown(DefinitionNode node, bool mayDepend)
    {
        node.Member("type")!
            .Fail(
                $"has to be one of category, values, integer, number, date, dateTime, uuid, person, rows{(mayDepend ? ", conditional" : "")}."
            );
        return null;
    }

    private static CategorySampler? Category(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "weights");
        if (node.Required("weights") is not { } weights || !weights.IsObject() || !IsSized(weights, MostValues))
        {
            return null;
        }

        var read = new List<KeyValuePair<string, decimal>>();
        foreach (var weight in weights.Members())
        {
            IsShort(weights, weight.Name.Length, LongestText);
            if (
                weight.Element.ValueKind == JsonValueKind.Number
                && weight.Element.TryGetDecimal(out var value)
                && value is > 0 and <= 1_000_000_000
            )
            {
                read.Add(KeyValuePair.Create(weight.Name, value));
            }
            else
            {
                weight.Fail("has to be a number above 0, at most 1000000000.");
            }
        }

        return new CategorySampler(read);
    }

    private static ValuesSampler? Values(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "values");
        if (node.Required("values") is not { } values || !values.IsList() || !IsSized(values, MostValues))
        {
            return null;
        }

        var read = new List<JsonNode>();
        foreach (var item in values.Items())
        {
            if (
                item.Element.ValueKind
                is JsonValueKind.String
                    or JsonValueKind.Number
                    or JsonValueKind.True
                    or JsonValueKind.False
            )
            {
                IsShort(item, item.Element.GetRawText().Length, LongestText);
                read.Add(JsonValue.Create(item.Element)!);
            }
            else
            {
                item.Fail("has to be text, a number, true or false.");
            }
        }

        if (read.DistinctBy(Canonical).Count() < read.Count)
        {
            values.Fail("names a value twice.");
        }

        return new ValuesSampler(read);
    }

    private static IntegerSampler? Integer(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "min", "max");
        var (min, max) = (
            node.Whole("min", -LargestWhole, LargestWhole),
            node.Whole("max", -LargestWhole, LargestWhole)
        );
        return InOrder(node, min, max) ? new IntegerSampler(min!.Value, max!.Value) : null;
    }

    private static NumberSampler? Number(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "min", "max", "mean", "deviation", "decimals");
        var (min, max) = (node.Number("min"), node.Number("max"));
        var (hasMean, hasDeviation) = (node.Has("mean"), node.Has("deviation"));
        var mean = hasMean ? node.Number("mean") : null;
        var deviation = hasDeviation ? node.Number("deviation") : null;
        var decimals = node.Has("decimals") ? node.Whole("decimals", 0, MostDecimals) : 2;
        if (hasMean != hasDeviation)
        {
            node.Fail("needs mean and deviation both, or neither.");
        }
        else if (deviation is <= 0)
        {
            node.Member("deviation")!.Fail("has to be above 0.");
        }
        else if (mean is { } middle && deviation is { } width && min is { } low && max is { } high)
        {
            // No part of the bell curve would lie between the bounds.
            if (middle < low - (6 * width) || middle > high + (6 * width))
            {
                node.Member("mean")!.Fail("lies too far outside min and max.");
            }
        }

        if (!InOrder(node, min, max) || decimals is not { } digits)
        {
            return null;
        }

        var sampler = new NumberSampler(min!.Value, max!.Value, mean, deviation, (int)digits);
        if (sampler.Least > sampler.Greatest)
        {
            node.Fail($"has no number of {digits} decimals from min to max.");
        }

        return sampler;
    }

    private static DateSampler? Dates(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "min", "max");
        var (min, max) = (Date(node, "min"), Date(node, "max"));
        return InOrder(node, min, max) ? new DateSampler(min!.Value, max!.Value) : null;
    }

    private static DateTimeSampler? DateTimes(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "min", "max");
        var (min, max) = (Moment(node, "min"), Moment(node, "max"));
        if (!InOrder(node, min, max))
        {
            return null;
        }

        var sampler = new DateTimeSampler(min!.Value, max!.Value);
        if (sampler.First > sampler.Last)
        {
            node.Fail("has no whole second from min to max.");
        }

        return sampler;
    }

    private static UuidSampler Uuid(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord");
        return new UuidSampler();
    }

    private static PersonSampler? Person(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "locale");
        var locale = node.Has("locale") ? node.Text("locale", LongestText) : "en";
        if (locale is not null && !Bogus.Database.GetAllLocales().Contains(locale))
        {
            node.Member("locale")!.Fail("is no locale that persons are known of; de, fr, en_GB and pt_BR are some.");
        }

        return locale is null ? null : new PersonSampler(locale);
    }

    private static ConditionalSampler? Conditional(DefinitionNode node)
    {
        node.AllowOnly("type", "inRecord", "on", "cases");
        var on = node.Text("on", LongestText);
        if (node.Required("cases") is not { } cases || !cases.IsObject() || !IsSized(cases, MostValues))
        {
            return null;
        }

        var read = new Dictionary<string, Sampler>(StringComparer.Ordinal);
        foreach (var item in cases.Members())
        {
            if (Read(item, mayDepend: false) is { } sampler)
            {
                read[item.Name] = sampler;
            }
        }

        return on is null ? null : new ConditionalSampler(on, read);
    }

    private static DateOnly? Date(DefinitionNode node, string name) =>
        node.Text(name, LongestText) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
        : node.Member(name)!.Fail<DateOnly>("has to be a date such as 2024-12-31.");

    internal static DateTimeOffset? Moment(DefinitionNode node, string name) =>
        node.Text(name, LongestText) is not { } text ? null
        : DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? moment
        : node.Member(name)!.Fail<DateTimeOffset>("has to be a moment such as 2024-12-31T08:00:00Z.");

    private static bool InOrder<T>(DefinitionNode node, T? min, T? max)
        where T : struct, IComparable<T>
    {
        if (min is { } low && max is { } high && low.CompareTo(high) > 0)
        {
            node.Member("max")!.Fail("is below min.");
            return false;
        }

        return min is not null && max is not null;
    }

    internal static bool IsShort(DefinitionNode node, int length, int longest)
    {
        if (length > longest)
        {
            node.Fail($"holds {length} characters in one value; {longest} are the most.");
        }

        return length <= longest;
    }

    // 1 and 1.0 are one value.
    private static string Canonical(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G29", CultureInfo.InvariantCulture)
            : value.ToString();

    internal static bool IsSized(DefinitionNode node, int most)
    {
        var count =
            node.Element.ValueKind == JsonValueKind.Array
                ? node.Element.GetArrayLength()
                : node.Element.EnumerateObject().Count();
        if (count > 0 && count <= most)
        {
            return true;
        }

        node.Fail(count == 0 ? "is empty." : $"has {count} entries; {most} are the most.");
        return false;
    }
}
