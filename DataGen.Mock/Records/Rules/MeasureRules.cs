using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>Ratings, readings, sizes and counts.</summary>
internal static class MeasureRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        new(
            Named("^(star )?rating|rating$|^stars?\\b|satisfaction|^score$|^grade$"),
            FieldType.Whole,
            (f, r) => Rating(f, r)
        ),
        Whole("nps|score|severity score|confidence score", 0, 100),
        Real("temperature|^temp$", -8, 34, 1),
        Real("humidity", 22, 92, 1),
        Real("pressure", 985, 1036, 1),
        Real("voltage", 2.9, 4.2, 2),
        Whole("battery", 4, 100),
        Whole("co2|carbon dioxide", 400, 1600),
        Whole("signal|rssi", -98, -42),
        Whole("light|lux|illuminance|brightness", 0, 1200),
        Real("noise|decibel|sound level", 28, 92, 1),
        Real("power|consumption|current|energy|kwh|watt", 0.2, 480, 2),
        Real("speed|velocity|wind", 0, 130, 1),
        Real("weight|mass|\\bkg\\b", 0.2, 95, 1),
        Whole("^(body )?height|height( cm)?$", 150, 200),
        Real("distance|width|depth|diameter|^length$", 0.5, 240, 1),
        Real("area|surface|square (meters|metres|feet)|\\bsqm\\b|size sqm|living space", 28, 220, 1),
        Whole("calories|kcal", 120, 950, 5),
        Whole("pages|page count", 96, 720),
        Whole(
            "servings|portions|guests|party size|persons|people|passengers|participants|attendees|capacity|bedrooms|bathrooms|rooms|children|adults",
            1,
            8
        ),
        Whole("experience", 0, 20),
        Whole("followers|likes|views|shares|retweets|downloads|clicks|impressions|subscribers", 0, 12_000),
        Whole("mileage|kilomet(er|re)s|odometer", 500, 180_000, 100),
        Whole(
            "quantity|qty|units|stock|count$|^number of|^no of|^num |amount of|visits|orders|purchases|logins|attempts|copies|votes|employees|replies|tickets$|nights|items$|purchase count",
            1,
            60
        ),
        Text("^size$|clothing size", (_, r) => r.Draw.Pick(Phrases.Sizes)),
        Text("colou?r", (_, r) => r.Draw.Pick(Phrases.Colours)),
        Text("material|fabric", (_, r) => r.Draw.Pick(Phrases.Materials)),
    ];

    /// <summary>A whole number unless decimals were asked for.</summary>
    private static double Rating(FieldSpec field, RecordContext r)
    {
        var isScore = field.Words.Contains("score", StringComparison.Ordinal);
        var decimals = field.Type is FieldType.Number ? Math.Max(1, field.Decimals) : field.Decimals;
        return r.Rate(field.Min ?? (isScore ? 0 : 1), field.Max ?? (isScore ? 100 : 5), decimals);
    }
}
