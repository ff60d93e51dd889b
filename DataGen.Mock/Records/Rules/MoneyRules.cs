using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Sums and shares.</summary>
internal static class MoneyRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Whole("credit score", 480, 850),
        Whole("loyalty|points|reward|bonus", 0, 5000, 10),
        Text(
            "currency",
            (_, r) => r.Topic is Topic.Banking or Topic.Job ? r.Place.Currency : r.Draw.Pick(Phrases.Currencies)
        ),
        Pick(
            "payment (method|type)|paid (by|with)|means of payment",
            "credit card",
            "debit card",
            "PayPal",
            "bank transfer",
            "cash",
            "invoice"
        ),
        Whole("salary|income|wage|compensation|earnings|^pay$", 28_000, 140_000, 500),
        Real("discount|tax rate|vat|interest( rate)?|percent|percentage|rate$|ratio\\b|share\\b|margin", 0, 50, 1),
        new(Named("balance"), FieldType.Number, (f, r) => Number(f, r, 12, 18_500, 2)),
        new(
            Named("amount|^transaction value|^value of"),
            FieldType.Number,
            (f, r) => Number(f, r, 1.5, r.Topic is Topic.Banking ? 950 : 420, 2)
        ),
        new(
            Named(
                "prices?\\b|costs?\\b|fees?\\b|fares?\\b|total$|total (price|value|cost|sum)|subtotal|revenue|tips?\\b|deposit|charges?\\b|rent\\b|budget|spent|spend|turnover|refund$"
            ),
            FieldType.Number,
            (f, r) => Price(f, r)
        ),
    ];

    private static object Price(FieldSpec field, RecordContext r)
    {
        if (field.Min is not null || field.Max is not null)
        {
            return Number(field, r, 1, 500, 2);
        }

        var (low, high) = r.Topic switch
        {
            Topic.Property => (450d, 2600d),
            Topic.Vehicle => (3500d, 62_000d),
            Topic.Travel => (39d, 890d),
            Topic.Book or Topic.Restaurant => (6d, 45d),
            _ => (4d, 260d),
        };
        // Prices crowd at the lower end, and most end in .99.
        var price = low + (Math.Pow(r.Draw.Share(), 2) * (high - low));
        return r.Topic is Topic.Property or Topic.Vehicle ? Math.Round(price / 10) * 10
            : r.Draw.Chance(0.6) ? Math.Floor(price) + 0.99
            : Math.Round(price, 2);
    }
}
