using System.Text.Json;
using System.Text.Json.Nodes;

namespace DataGen.Mock.Faults;

/// <summary>A switch with values of one kind.</summary>
internal sealed class Fault<T>(
    string section,
    string name,
    T start,
    FaultReading<T> read,
    bool isSecret,
    TimeProvider clock
) : Fault(section, name)
{
    private T start = start;
    private volatile TemporaryValue<T>? overridden;

    /// <summary>The value for this call; uses up one call of a value that is limited to some.</summary>
    public T Take()
    {
        var value = overridden;
        return value is null ? start
            : value.TryTake(clock.GetUtcNow()) ? value.Value
            : Expire(value);
    }

    public override string? TryStart(string text)
    {
        (start, var problem) = read(text, $"'{text}'");
        return problem;
    }

    public override string? TryRead(JsonElement json, out Action change)
    {
        change = Reset;
        if (json.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        double? calls = null;
        double? seconds = null;
        if (json.ValueKind is JsonValueKind.Object)
        {
            var names = json.EnumerateObject().Select(member => member.Name);
            if (names.FirstOrDefault(member => member is not ("value" or "calls" or "seconds")) is { } unknown)
            {
                return $"'{unknown}' is unknown; there are value, calls and seconds.";
            }

            (calls, seconds) = (Number(json, "calls"), Number(json, "seconds"));
            if (calls is { } count && !(count > 0 && count == Math.Floor(count)))
            {
                return "'calls' must be a whole number above 0.";
            }

            if (seconds is not (null or (> 0 and < 1e6)))
            {
                return "'seconds' must be a number above 0.";
            }

            if (!json.TryGetProperty("value", out json))
            {
                return "'value' is missing.";
            }
        }

        var raw = json.GetRawText();
        var (value, problem) = (start, json.ValueKind) switch
        {
            (string, JsonValueKind.String) => read(json.GetString()!, $"'{json.GetString()}'"),
            (string, not JsonValueKind.Number) => (start, "must be a string."),
            _ => read(raw, raw),
        };
        change = () =>
            overridden = new TemporaryValue<T>(
                value,
                (long?)calls,
                seconds is { } some ? clock.GetUtcNow().AddSeconds(some) : null
            );
        return problem;
    }

    public override void Reset() => overridden = null;

    public override JsonNode ToJson()
    {
        var now = clock.GetUtcNow();
        if (overridden is not { } set || !set.IsInForce(now))
        {
            return Shown(start);
        }

        var value = Shown(set.Value);
        if (set is { CallsLeft: null, Until: null })
        {
            return value;
        }

        var json = new JsonObject { ["value"] = value };
        if (set.CallsLeft is { } calls)
        {
            json["calls"] = calls;
        }

        if (set.Until is { } until)
        {
            json["seconds"] = Math.Round((until - now).TotalSeconds, 1);
        }

        return json;
    }

    private T Expire(TemporaryValue<T> value)
    {
        Interlocked.CompareExchange(ref overridden, null, value);
        return start;
    }

    private JsonNode Shown(T value) => isSecret && value is not "" ? Hidden : JsonValue.Create(value)!;

    /// <summary>NaN when it is no number, null when it is not there.</summary>
    private static double? Number(JsonElement json, string member) =>
        !json.TryGetProperty(member, out var number) ? null
        : number.ValueKind is JsonValueKind.Number ? number.GetDouble()
        : double.NaN;
}
