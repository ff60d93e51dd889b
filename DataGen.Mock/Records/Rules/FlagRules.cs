using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Yes or no.</summary>
internal static class FlagRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Flag("^(is|has|was|can|does|did|should|are|had|needs|wants|allows|accepts|contains|includes)\\b", 0.6),
        Flag("subscribed|subscribe\\b|newsletter|opt(ed)? in|consent|^gdpr", 0.55),
        Flag(
            "verified|active|enabled|in stock|available|published|recommend|resolved|paid|approved|confirmed|answered",
            0.75
        ),
        Flag(
            "^(remote|urgent|fraud|fraudulent|suspicious|recurring|returned|deleted|blocked|anomaly|alarm|alert|furnished|vegetarian|vegan|spam|smoker|first visit|insured|flagged|featured|gift|escalated|refundable|default|completed|done)\\b|flag$|pets allowed|wheelchair",
            0.25
        ),
    ];
}
