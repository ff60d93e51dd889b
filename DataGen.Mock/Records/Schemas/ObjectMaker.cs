using System.Text.RegularExpressions;
using DataGen.Mock.Records.Values;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makes objects: first the members that stand alone, then ends that follow a start, then totals.</summary>
internal sealed partial class ObjectMaker(Property[] properties, double optionalShare)
{
    private readonly int[] order =
    [
        .. Enumerable.Range(0, properties.Length).OrderBy(i => End().IsMatch(properties[i].Field.Words) ? 1 : 0),
    ];

    private readonly int total = Array.FindIndex(
        properties,
        property => Total().IsMatch(property.Field.Words) && property.Field is { Min: null, Max: null }
    );

    public object Make(RecordContext record)
    {
        var values = new object?[properties.Length];
        var present = new bool[properties.Length];
        foreach (var i in order)
        {
            present[i] = properties[i].IsRequired || record.Draw.Chance(optionalShare);
            values[i] = present[i] ? properties[i].Make(record) : null;
        }

        var members = new Members();
        for (var i = 0; i < values.Length; i++)
        {
            if (present[i])
            {
                members.Add(KeyValuePair.Create(properties[i].Name, values[i]));
            }
        }

        if (total >= 0 && present[total] && Sum(members) is { } sum && properties[total].Bounds.Hold(sum))
        {
            members[members.FindIndex(member => member.Key == properties[total].Name)] = new(
                properties[total].Name,
                sum
            );
        }

        return members;
    }

    /// <summary>Price times quantity, of the object or of all objects in a list of it; null where there are
    /// none.</summary>
    private static decimal? Sum(Members members)
    {
        if (Product(members) is { } one)
        {
            return one;
        }

        foreach (var (_, value) in members)
        {
            if (
                value is List<object?> { Count: > 0 } list
                && list.TrueForAll(item => item is Members inner && Product(inner) is not null)
            )
            {
                return list.Sum(item => Product((Members)item!));
            }
        }

        return null;
    }

    private static decimal? Product(Members members)
    {
        decimal? price = null;
        decimal? quantity = null;
        foreach (var (name, value) in members)
        {
            if (value is long or decimal)
            {
                var words = Drafting.Words.Of(name);
                var number = Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture);
                price = Price().IsMatch(words) ? number : price;
                quantity = Quantity().IsMatch(words) ? number : quantity;
            }
        }

        return price * quantity;
    }

    [GeneratedRegex(
        @"^(?:end|due|closed|resolved|updated|modified|check out|arrival|return|expir|delivery|delivered|discharge|finish|completed|shipped)"
    )]
    private static partial Regex End();

    [GeneratedRegex(
        @"^(?:(?:order |line |invoice |grand )?total(?: (?:price|amount|cost|sum))?|sum|line amount|gesamtpreis|gesamtbetrag)$"
    )]
    private static partial Regex Total();

    [GeneratedRegex(@"^(?:unit |item |single )?price\b|^preis|^unit cost")]
    private static partial Regex Price();

    [GeneratedRegex(@"^(?:quantity|qty|units|pieces|menge|anzahl)$")]
    private static partial Regex Quantity();
}
