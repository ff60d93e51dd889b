namespace DataGen.Mock.Records.Rules;

/// <summary>What the words of a field's name mean. The first rule that matches counts, so the special stand before the
/// general.</summary>
internal static class FieldRules
{
    private static readonly FieldRule[] All =
    [
        .. IdentifierRules.All,
        .. ContactRules.All,
        .. TopicRules.All,
        .. PersonRules.All,
        .. MoneyRules.All,
        .. TimeRules.All,
        .. FlagRules.All,
        .. MeasureRules.All,
        .. KindRules.All,
        .. TextRules.All,
    ];

    /// <summary>The rule for a field's words, or null. Words of some other languages are understood too.</summary>
    public static FieldRule? Find(string words) =>
        Match(words) ?? (Translations.Find(words) is { } english ? Match(english) : null);

    private static FieldRule? Match(string words) => Array.Find(All, rule => rule.Pattern.IsMatch(words));
}
