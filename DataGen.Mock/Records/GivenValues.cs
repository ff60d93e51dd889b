using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records;

/// <summary>Values that a prompt gives a record as a line of its own: <c>Use these values as they are:
/// {"plan":"free"}</c>. They are no part of the description.</summary>
internal static partial class GivenValues
{
    /// <summary>The messages without that line, and the values; null when none are given.</summary>
    public static (IReadOnlyList<ChatMessage> Messages, JsonElement? Values) Of(IReadOnlyList<ChatMessage> messages)
    {
        if (messages.Count == 0 || messages[^1] is not { Role: "user" } last)
        {
            return (messages, null);
        }

        var match = Line().Match(last.Content);
        if (!match.Success)
        {
            return (messages, null);
        }

        try
        {
            return (
                [.. messages.SkipLast(1), last with { Content = last.Content.Remove(match.Index, match.Length) }],
                JsonElement.Parse(match.Groups[1].Value)
            );
        }
        catch (JsonException)
        {
            return (messages, null);
        }
    }

    /// <summary>The record with the given values in place of its own, or behind them.</summary>
    public static object? Into(object? record, JsonElement? values)
    {
        if (record is not Members members || values is not { ValueKind: JsonValueKind.Object } given)
        {
            return record;
        }

        var result = new Members();
        foreach (var (name, value) in members)
        {
            result.Add(new(name, given.TryGetProperty(name, out var own) ? own : value));
        }

        foreach (var value in given.EnumerateObject().Where(value => members.All(member => member.Key != value.Name)))
        {
            result.Add(new(value.Name, value.Value));
        }

        return result;
    }

    /// <summary>The values with the first one changed to another of its type.</summary>
    public static JsonElement? Changed(JsonElement? values)
    {
        if (values is not { } given || JsonObject.Create(given) is not { Count: > 0 } changed)
        {
            return values;
        }

        var (name, value) = changed.First();
        changed[name] = value?.GetValueKind() switch
        {
            JsonValueKind.Number => value.GetValue<decimal>() + 1,
            JsonValueKind.True => false,
            JsonValueKind.False => true,
            _ => $"not {value}",
        };
        return JsonElement.Parse(changed.ToJsonString());
    }

    /// <summary>The record with a value of another type in its first member.</summary>
    public static object? WithWrongType(object? record)
    {
        if (record is not Members { Count: > 0 } members)
        {
            return record;
        }

        var result = new Members();
        result.AddRange(members);
        result[0] = new(members[0].Key, members[0].Value is string ? 0L : "a value of the wrong type");
        return result;
    }

    [GeneratedRegex(
        @"^Use these values as they are: (\{.*\})\r?$\n?",
        RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Line();
}
