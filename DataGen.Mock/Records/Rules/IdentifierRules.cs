using System.Globalization;
using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Ids, codes and numbers that identify.</summary>
internal static class IdentifierRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Text("uuid|guid", (_, r) => Uuid(r)),
        Text("isbn", (_, r) => Isbn(r)),
        Text("iban", (_, r) => r.Faker.Finance.Iban()),
        Text("bic|swift", (_, r) => r.Faker.Finance.Bic()),
        Text(
            "(credit |debit )?card (number|no)|^credit card$",
            (_, r) => r.Faker.Finance.CreditCardNumber().Replace("-", " ", StringComparison.Ordinal)
        ),
        Text("cvv|cvc", (_, r) => r.Draw.Fill("###")),
        Text("ipv6", (_, r) => r.Faker.Internet.Ipv6()),
        Text("ip address|^ip$|ipv4|^(client|source|server|remote) ip$", (_, r) => r.Faker.Internet.Ip()),
        Text("mac address|^mac$", (_, r) => r.Faker.Internet.Mac()),
        Text("imei|ean|barcode|upc|gtin", (_, r) => r.Draw.Fill("40########123")),
        Text("^vin$|vehicle identification", (_, r) => r.Faker.Vehicle.Vin()),
        Text(
            "licen[cs]e plate|number plate|plate number|registration (number|plate)",
            (_, r) => r.Draw.Fill("?? ## ???")
        ),
        Text("sku|(product|article|item|part|model) (code|number|no)$", (_, r) => r.Draw.Fill("???-####")),
        Text("flight (number|no|code)|^flight$", (_, r) => r.Draw.Fill("?? ####")),
        Text(
            "passport|social security|tax (id|number)|national id|vat (id|number)",
            (_, r) => r.Draw.Fill("??#######")
        ),
        Text("(account|customer|member|client|policy|insurance) (number|no)$", (_, r) => r.Draw.Fill("##########")),
        Text("(room|gate|seat|table|platform) (number|no)$", (_, r) => r.Draw.Fill("1##")),
        Text("house number|street number", (_, r) => r.Draw.Whole(1, 240).ToString(CultureInfo.InvariantCulture)),
        new(
            Named("^(row |record |numeric )?(index|sequence|sequence number)$"),
            FieldType.Whole,
            (f, r) => Number(f, r, 1, 100_000, 0)
        ),
        Text(
            "(id|identifier|key|ref|reference|code|number|no|hash|token|serial)$(?<!(phone|telephone|mobile|fax|post|postal|zip|country|area|currency|language|dial|error|status|lot|page|promo) (number|no|code))(?<!^number)",
            Identifier
        ),
        Text("^(promo|coupon|discount|voucher) code", (_, r) => r.Draw.Pick(Phrases.CouponWords) + r.Draw.Fill("##")),
    ];

    private static string Uuid(RecordContext r) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Draw.Whole(0, 0xFFFFFFFF):x8}-{r.Draw.Whole(0, 0xFFFF):x4}-4{r.Draw.Whole(0, 0xFFF):x3}-{r.Draw.Whole(0x8000, 0xBFFF):x4}-{r.Draw.Whole(0, 0xFFFFFFFFFFFF):x12}"
        );

    private static string Isbn(RecordContext r)
    {
        var digits = $"978{r.Draw.Fill("#########")}";
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{digits[..3]}-{digits[3..4]}-{digits[4..8]}-{digits[8..]}-{(10 - (sum % 10)) % 10}"
        );
    }

    /// <summary>An id that begins like what it identifies: <c>TKT-204817</c>, <c>sensor-0413</c>.</summary>
    private static string Identifier(FieldSpec field, RecordContext r)
    {
        var owner = Regex
            .Replace(
                field.Words,
                @"\s*\b(?:id|identifier|key|ref|reference|code|number|no|hash|token|serial|unique|external|internal)\b",
                ""
            )
            .Trim();
        if (owner.Length == 0)
        {
            owner = r.Subject.Split(' ')[^1];
        }

        if (owner is "device" or "sensor" or "gateway" or "node" or "meter")
        {
            return $"{owner}-{r.Draw.Fill("####")}";
        }

        var consonants = new string([
            .. owner
                .Split(' ')[^1]
                .Where(letter => char.IsAsciiLetter(letter) && !"aeiou".Contains(letter, StringComparison.Ordinal))
                .Take(3),
        ]).ToUpperInvariant();
        return $"{(consonants.Length == 0 ? "ID" : consonants)}-{r.Draw.Fill("######")}";
    }
}
