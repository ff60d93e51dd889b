using System.Text.RegularExpressions;

namespace DataGen.Mock.Records;

/// <summary>Finds out what a description is about.</summary>
internal static partial class Topics
{
    private static readonly (Topic Topic, Regex Words)[] All =
    [
        (Topic.Support, Support()),
        (Topic.Medical, Medical()),
        (Topic.Sensor, Sensor()),
        (Topic.Job, Job()),
        (Topic.Banking, Banking()),
        (Topic.Recipe, Recipe()),
        (Topic.Movie, Movie()),
        (Topic.Music, Music()),
        (Topic.Travel, Travel()),
        (Topic.Restaurant, Restaurant()),
        (Topic.Property, Property()),
        (Topic.Vehicle, Vehicle()),
        (Topic.Education, Education()),
        (Topic.Event, Event()),
        (Topic.Social, Social()),
        (Topic.Article, Article()),
        (Topic.Employee, Employee()),
        (Topic.Book, Book()),
        (Topic.Product, Product()),
    ];

    /// <summary>The topic whose words occur most; the subject counts most, what comes before the list more than the
    /// list.</summary>
    public static Topic Find(string subject, string head, string description)
    {
        var best = Topic.General;
        var most = 0;
        foreach (var (topic, words) in All)
        {
            var score = (words.Count(subject) * 6) + (words.Count(head) * 3) + words.Count(description);
            if (score > most)
            {
                (best, most) = (topic, score);
            }
        }

        return best;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase;

    [GeneratedRegex(
        @"\b(?:support|tickets?|help ?desk|incidents?|complaints?|issue tracker|bug reports?|service desk)\b",
        Options
    )]
    private static partial Regex Support();

    [GeneratedRegex(
        @"\b(?:medical|patients?|clinic|hospital|doctors?|appointments?|diagnos[ei]s|prescriptions?|symptoms?|health|nurse|dentist|medications?)\b",
        Options
    )]
    private static partial Regex Medical();

    [GeneratedRegex(@"\b(?:sensors?|iot|telemetry|readings?|devices?|meters?|gateway)\b", Options)]
    private static partial Regex Sensor();

    [GeneratedRegex(
        @"\b(?:job|jobs|vacanc(?:y|ies)|recruit\w*|postings?|career|hiring|candidates?|resumes?)\b",
        Options
    )]
    private static partial Regex Job();

    [GeneratedRegex(
        @"\b(?:bank\w*|transactions?|accounts?|payments?|transfers?|credit|debit|iban|statement|merchant|invoices?)\b",
        Options
    )]
    private static partial Regex Banking();

    [GeneratedRegex(@"\b(?:recipes?|dish(?:es)?|cooking|cuisine|ingredients?|meals?)\b", Options)]
    private static partial Regex Recipe();

    [GeneratedRegex(@"\b(?:movies?|films?|cinema|tv|series|episodes?)\b", Options)]
    private static partial Regex Movie();

    [GeneratedRegex(@"\b(?:music|songs?|albums?|tracks?|artists?|bands?|playlists?)\b", Options)]
    private static partial Regex Music();

    [GeneratedRegex(@"\b(?:travel\w*|flights?|airlines?|hotels?|bookings?|trips?|airports?|tourists?)\b", Options)]
    private static partial Regex Travel();

    [GeneratedRegex(@"\b(?:restaurants?|cafes?|bistros?|menus?|diners?)\b", Options)]
    private static partial Regex Restaurant();

    [GeneratedRegex(@"\b(?:real estate|propert(?:y|ies)|apartments?|houses?|listings?|rentals?|tenants?)\b", Options)]
    private static partial Regex Property();

    [GeneratedRegex(@"\b(?:cars?|vehicles?|automobiles?|motor\w*|trucks?|dealership)\b", Options)]
    private static partial Regex Vehicle();

    [GeneratedRegex(
        @"\b(?:students?|courses?|school|university|exams?|lessons?|teachers?|lectures?|quiz\w*)\b",
        Options
    )]
    private static partial Regex Education();

    [GeneratedRegex(@"\b(?:events?|conferences?|concerts?|meetups?|workshops?|festivals?)\b", Options)]
    private static partial Regex Event();

    [GeneratedRegex(@"\b(?:social|tweets?|posts?|hashtags?|influencers?|followers?)\b", Options)]
    private static partial Regex Social();

    [GeneratedRegex(@"\b(?:articles?|news|blogs?|headlines?|journalis\w+|magazines?)\b", Options)]
    private static partial Regex Article();

    [GeneratedRegex(@"\b(?:employees?|staff|hr|payroll|personnel|workers?)\b", Options)]
    private static partial Regex Employee();

    [GeneratedRegex(
        @"\b(?:books?|novels?|library|libraries|authors?|isbn|publishers?|bookshop|reading list)\b",
        Options
    )]
    private static partial Regex Book();

    [GeneratedRegex(
        @"\b(?:products?|shops?|stores?|e-?commerce|orders?|catalogue?|items?|reviews?|purchases?|inventory|gadgets?)\b",
        Options
    )]
    private static partial Regex Product();
}
