using System.Text.Json;

namespace DataGen.Mock.Faults;

/// <summary>A switch with values of one kind.</summary>
internal sealed class Fault<T>(string section, string name, FaultKind<T> kind, T start, TimeProvider clock)
    : Fault(section, name)
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

    /// <summary>The value in force, without using anything up.</summary>
    public T Peek()
    {
        var value = overridden;
        return value is null ? start
            : value.IsInForce(clock.GetUtcNow()) ? value.Value
            : Expire(value);
    }

    public override string? TryStart(string text) =>
        kind.ParseText(text, out var value) is { } problem ? problem : Set(() => start = value);

    public override string? TryRead(JsonElement json, out Action change)
    {
        change = () => { };
        if (json.ValueKind is JsonValueKind.Null)
        {
            change = Reset;
            return null;
        }

        if (json.ValueKind is not JsonValueKind.Object)
        {
            if (kind.ParseJson(json, out var plain) is { } wrong)
            {
                return wrong;
            }

            change = () => overridden = new TemporaryValue<T>(plain, null, null);
            return null;
        }

        long? calls = null;
        double? seconds = null;
        JsonElement? given = null;
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name)
            {
                case "value":
                    given = member.Value;
                    break;
                case "calls"
                    when member.Value.ValueKind is JsonValueKind.Number
                        && member.Value.TryGetInt64(out var count)
                        && count > 0:
                    calls = count;
                    break;
                case "seconds"
                    when member.Value.ValueKind is JsonValueKind.Number
                        && member.Value.GetDouble() is > 0 and < 1e6 and var length:
                    seconds = length;
                    break;
                case "calls":
                    return "'calls' must be a whole number above 0.";
                case "seconds":
                    return "'seconds' must be a number above 0.";
                default:
                    return $"'{member.Name}' is unknown; there are value, calls and seconds.";
            }
        }

        if (given is null)
        {
            return "'value' is missing.";
        }

        if (kind.ParseJson(given.Value, out var value) is { } problem)
        {
            return problem;
        }

        change = () =>
            overridden = new TemporaryValue<T>(
                value,
                calls,
                seconds is null ? null : clock.GetUtcNow().AddSeconds(seconds.Value)
            );
        return null;
    }

    public override void Reset() => overridden = null;

    public override void WriteTo(Utf8JsonWriter json)
    {
        var now = clock.GetUtcNow();
        var value = Peek();
        if (overridden is not { IsLimited: true } limited)
        {
            kind.Write(json, value);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName("value");
        kind.Write(json, value);
        if (limited.CallsLeft is { } calls)
        {
            json.WriteNumber("calls", calls);
        }

        if (limited.Until is { } until)
        {
            json.WriteNumber("seconds", Math.Round(Math.Max(0, (until - now).TotalSeconds), 1));
        }

        json.WriteEndObject();
    }

    private T Expire(TemporaryValue<T> value)
    {
        Interlocked.CompareExchange(ref overridden, null, value);
        return start;
    }

    private static string? Set(Action change)
    {
        change();
        return null;
    }
}
