using System.Globalization;
using DataGen.Mock.Records.Values;
using static DataGen.Mock.Records.Rules.Rule;

namespace DataGen.Mock.Records.Rules;

/// <summary>How and where to reach somebody.</summary>
internal static class ContactRules
{
    public static IEnumerable<FieldRule> All { get; } =
    [
        Text("email|^mail( address)?$", (f, r) => $"{r.MailName()}@{f.Domain ?? r.Draw.Pick(Phrases.MailDomains)}"),
        Text(
            "phone|mobile|telephone|^cell|^fax|^tel$|whatsapp",
            (_, r) => $"{r.Place.Dial} {r.Draw.Fill(r.Place.Phone)}"
        ),
        Text(
            "user ?name|login( name)?$|handle|nick ?name|screen name",
            (f, r) => r.MailName().Replace('.', r.Draw.Chance(0.5) ? '_' : '-')
        ),
        Text("password|passphrase", (_, r) => r.Draw.Fill("??##-?##?-#??#")),
        Text(
            "(image|photo|picture|avatar|thumbnail|logo|icon)( url| link| uri)?$",
            (f, r) =>
                $"https://{f.Domain ?? "images.example.com"}/{r.Draw.Fill("####").ToLowerInvariant()}-{r.Draw.Fill("####")}.jpg"
        ),
        Text("domain|host ?name", (f, r) => f.Domain ?? $"{RecordContext.Plain(r.LastName)}.example"),
        Text(
            "url|website|web site|home ?page|link|uri",
            (f, r) => $"https://{f.Domain ?? "www.example.com"}/{Slug(r)}"
        ),
        Text("slug", (_, r) => Slug(r)),
        Text("user agent", (_, r) => r.Faker.Internet.UserAgent()),
        Pick("browser", "Firefox", "Chrome", "Safari", "Edge"),
        Pick("operating system|^os$|platform", "Windows 11", "macOS 15", "Ubuntu 24.04", "Android 15", "iOS 18"),
        Text("postal code|post ?code|zip|zip code", (_, r) => r.Draw.Fill(r.Place.PostalCode)),
        Text("country code|^iso country", (_, r) => r.Place.Code),
        Text("country|nation$", (_, r) => r.Place.Country),
        Text("^nationality", (_, r) => r.Place.Country),
        Text(
            "city|town|municipality|birth ?place|place of birth|^(departure|arrival|destination|origin)( city)?$",
            (f, r) =>
                f.Words.StartsWith("arrival", StringComparison.Ordinal)
                || f.Words.StartsWith("destination", StringComparison.Ordinal)
                    ? r.Draw.Pick(Places.All).City
                    : r.Place.City
        ),
        Text("^(state|region|province|county|federal state)$|state or province", (_, r) => r.Place.Region),
        Text("^street( name| address| and number| line)?|address line|line 1", (_, r) => Street(r)),
        Text(
            "address|^residence$",
            (_, r) => $"{Street(r)}, {r.Draw.Fill(r.Place.PostalCode)} {r.Place.City}, {r.Place.Country}"
        ),
        new(
            Named("latitude|^lat$"),
            FieldType.Number,
            (f, r) =>
                f.Min is null ? Math.Round(r.Place.Latitude + r.Draw.Real(-0.08, 0.08), 5) : Number(f, r, -90, 90, 5)
        ),
        new(
            Named("longitude|^lon$|^lng$|^long$"),
            FieldType.Number,
            (f, r) =>
                f.Min is null ? Math.Round(r.Place.Longitude + r.Draw.Real(-0.08, 0.08), 5) : Number(f, r, -180, 180, 5)
        ),
        Text(
            "coordinates|geo ?location|gps",
            (_, r) =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{r.Place.Latitude + r.Draw.Real(-0.08, 0.08):F5}, {r.Place.Longitude + r.Draw.Real(-0.08, 0.08):F5}"
                )
        ),
        Text("time ?zone", (_, r) => r.Place.TimeZone),
    ];

    private static string Slug(RecordContext r) =>
        string.Join('-', r.Story.Title.ToLowerInvariant().Split(' ').Select(RecordContext.Plain).Take(4));

    private static string Street(RecordContext r) =>
        $"{r.Draw.Whole(1, 180).ToString(CultureInfo.InvariantCulture)} {r.Faker.Address.StreetName()}";
}
