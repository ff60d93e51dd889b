using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Statuses, priorities and categories.</summary>
internal static class KindRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Pick("priority|severity|urgency|^importance|^impact", "low", "medium", "high", "urgent"),
        Text("^(\\w+ )?(status|state)$|^stage$|outcome", Status),
        Pick("sentiment|mood|tone", "positive", "neutral", "negative"),
        Pick("channel|contact method|source|medium|origin", "email", "phone", "chat", "web form", "social media"),
        Pick(
            "transaction type|type of transaction",
            "card payment",
            "direct debit",
            "bank transfer",
            "standing order",
            "cash withdrawal"
        ),
        Pick("account type", "checking", "savings", "business", "joint"),
        Pick(
            "(membership|subscription|customer|loyalty) (tier|level|plan|type|segment|status)|^tier$|^plan$|^segment$",
            "free",
            "basic",
            "premium",
            "business"
        ),
        Pick("property type|housing type", "apartment", "house", "studio", "loft", "townhouse"),
        Pick("(ticket|issue|request) type", "question", "incident", "problem", "feature request"),
        Pick("weather|conditions?$", "sunny", "cloudy", "rain", "snow", "fog", "windy"),
        Pick("shipping method|delivery method|delivery option", "standard", "express", "pick-up", "same day"),
        Text("category|type|kind|class$|department$|topic|area of", (_, r) => r.Story.Category),
    ];

    private static string Status(FieldSpec field, RecordContext r) =>
        r.Draw.Pick<string>(
            r.Topic switch
            {
                Topic.Support => ["open", "in progress", "waiting for customer", "resolved", "closed"],
                Topic.Medical => ["scheduled", "confirmed", "completed", "cancelled", "no-show"],
                Topic.Banking => ["booked", "pending", "declined", "refunded"],
                Topic.Sensor => ["ok", "ok", "ok", "warning", "error", "offline"],
                Topic.Job => ["open", "interviewing", "filled", "on hold"],
                Topic.Travel or Topic.Event => ["confirmed", "pending", "cancelled"],
                Topic.Product => field.Words.Contains("order", StringComparison.Ordinal)
                || r.Subject.Contains("order", StringComparison.Ordinal)
                    ? ["processing", "shipped", "delivered", "returned", "cancelled"]
                    : ["active", "discontinued", "sold out"],
                _ => ["active", "inactive", "pending"],
            }
        );
}
