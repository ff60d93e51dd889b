using System.Text.RegularExpressions;

namespace DataGen.Mock.Records.Drafting;

/// <summary>Reads what is said about a field beside its name.</summary>
internal static partial class FieldQualifier
{
    /// <summary>What <paramref name="text"/> says about a field: type, range, choices, domain, length.</summary>
    public static FieldSpec Apply(string text, FieldSpec spec, string? name = null)
    {
        if (text.Length == 0)
        {
            return spec;
        }

        var choices = Choices.Find(text);
        if (
            choices.Count > 1
            && choices.All(choice => choice.ToLowerInvariant() is "yes" or "no" or "true" or "false" or "y" or "n")
        )
        {
            return spec with { Type = FieldType.Flag };
        }

        spec = spec with { Type = Type(text) ?? spec.Type, Choices = choices.Count > 1 ? choices : spec.Choices };
        if (Domain().Match(text) is { Success: true } domain)
        {
            spec = spec with { Domain = domain.Groups[1].Value.TrimEnd('.') };
        }

        if (spec.Choices.Count > 1 && Shares.Weigh(spec.Choices) is { Weights.Count: > 0 } weighed)
        {
            return spec with { Choices = weighed.Choices, Weights = weighed.Weights };
        }

        if (spec.Choices.Count == 0 && Shares.Find(text) is { } share)
        {
            return spec with { Share = share };
        }

        if (UnitWord().Match(text) is { Success: true } unit)
        {
            spec = spec with { Unit = unit.Groups[1].Value.ToLowerInvariant() };
        }

        if (ListWord().IsMatch(text))
        {
            spec = spec with { IsList = true };
        }

        return Choices.AreScores(spec.Choices) ? spec : Ranges.Apply(text, name ?? text, spec);
    }

    private static FieldType? Type(string text) =>
        TypeWord().Match(text) is not { Success: true } match
            ? null
            : match.Groups[1].Value.ToLowerInvariant() switch
            {
                "integer" or "int" or "whole number" => FieldType.Whole,
                "number" or "float" or "decimal" or "double" => FieldType.Number,
                "boolean" or "bool" or "yes/no" or "true/false" or "true or false" or "yes or no" or "flag" =>
                    FieldType.Flag,
                "date-time" or "datetime" or "timestamp" => FieldType.Moment,
                "iso date" or "yyyy-mm-dd" => FieldType.Date,
                _ => FieldType.Text,
            };

    [GeneratedRegex(@"\b(?:list|array) of\b|\barray\b|\bstring\[\]|\(list\)", RegexOptions.IgnoreCase)]
    private static partial Regex ListWord();

    [GeneratedRegex(
        @"(?:\bat|@|\bdomain|\bon|\bending (?:in|with))\s*(?:the domain\s+)?@?((?:[a-z0-9-]+\.)+[a-z]{2,})\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Domain();

    [GeneratedRegex(
        @"\b(integer|int|whole number|number(?=\)|$|\s*[,(])|float|decimal|double|boolean|bool|yes/no|true/false|true or false|yes or no|flag(?=\)|$)|string|date-time|datetime|timestamp|iso date|yyyy-mm-dd)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex TypeWord();

    /// <summary>What a number is measured in: <c>battery in volts</c>, <c>battery (2.5-4.3 V)</c>.</summary>
    [GeneratedRegex(
        @"(?:\bin\s+|\d\s*|\()(volts?|v|percent|%|°\s?[cf]|celsius|fahrenheit|kelvin|eur|usd|gbp|km/h|m/s|mph|kwh|watts?|kg|grams?|g|km|cm|mm|m|met(?:re|er)s?|minutes?|seconds?|ms|hours?|hpa|ppm|db)(?!\p{L})",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex UnitWord();
}
