using DataGen.Mock.Records.Drafting;
using DataGen.Mock.Records.Values;
using DataGen.Mock.Records.Vocabularies;

namespace DataGen.Mock.Records.Schemas;

/// <summary>Makers that pick one of some allowed values.</summary>
internal sealed class ChoiceMakers(Draft draft, FieldSources sources)
{
    /// <summary>Where records may be set: what the lists of countries, cities and currencies so far leave.</summary>
    public IReadOnlyList<Place> Places { get; private set; } =
        Within(draft.City, [.. Vocabulary.Instance.Places.Where(place => place.Language == draft.Language)]);

    private static Place[] Within(string? city, Place[] places) =>
        places.Where(place => place.City == city).ToArray() is { Length: > 0 } there ? there : places;

    /// <summary>One of the allowed values: the one that fits the rest of the record when there is such, else by
    /// weight.</summary>
    public Maker Of(object[] allowed, FieldSpec field)
    {
        if (field.Choices.Count > 0 && allowed.Any(IsNamed))
        {
            allowed = [.. allowed.Where(IsNamed)];
        }

        var names = allowed.Select(value => value.ToString() ?? "").ToArray();
        if (field.Weights.Count == names.Length)
        {
            return record => allowed[Weighted(record.Draw, field.Weights)];
        }

        var placed = Restrict(field, names);
        var source = sources.Find(field);
        return record =>
        {
            string[] values =
                placed is not null ? placed(record.Place)
                : source.IsKnown && !source.IsList ? [Numbers.Text(source.Make(record))]
                : [];
            var fitting = Array.FindIndex(names, name => values.Contains(name, StringComparer.OrdinalIgnoreCase));
            return fitting >= 0 ? allowed[fitting] : record.Draw.Pick(allowed);
        };

        bool IsNamed(object value) => field.Choices.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase);
    }

    private static int Weighted(Draw draw, IReadOnlyList<double> weights)
    {
        var at = draw.Share() * weights.Sum();
        for (var i = 0; i < weights.Count; i++)
        {
            if ((at -= weights[i]) < 0)
            {
                return i;
            }
        }

        return weights.Count - 1;
    }

    /// <summary>
    /// Keeps the places that a list of countries, cities or currencies allows. Returns what such a list says of a
    /// place, or null for other lists.
    /// </summary>
    private Func<Place, string[]>? Restrict(FieldSpec field, string[] names)
    {
        Func<Place, string[]>? value = Vocabulary.Instance.Kind(field.Words)?.Source switch
        {
            "country" or "countrycode" => place => [place.Country, place.Code],
            "city" => place => [place.City],
            "currency" => place => [place.Currency],
            _ => null,
        };
        if (
            value is not null
            && Places.Where(place => value(place).Intersect(names, StringComparer.OrdinalIgnoreCase).Any()).ToArray()
                is { Length: > 0 } left
        )
        {
            Places = left;
        }

        return value;
    }
}
